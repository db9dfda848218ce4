using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simulation.Log;

/// <summary>Keys and values that may be null: a span over nothing at all is, one over no bytes of something is
/// empty.</summary>
internal static class NullableBytes
{
    public static bool IsNull(ReadOnlySpan<byte> bytes) => Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes));

    public static int LengthOf(ReadOnlySpan<byte> bytes) => IsNull(bytes) ? LogEntry.Null : bytes.Length;
}
