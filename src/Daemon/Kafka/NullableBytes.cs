using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka;

/// <summary>Keys and values that may be null: a span over nothing at all is, one over no bytes of something is
/// empty.</summary>
internal static class NullableBytes
{
    /// <summary>Stands for the length of what is null.</summary>
    public const int Null = -1;

    public static bool IsNull(ReadOnlySpan<byte> bytes) => Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes));

    public static int LengthOf(ReadOnlySpan<byte> bytes) => IsNull(bytes) ? Null : bytes.Length;
}
