using System.Buffers;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>What the record of a series holds that is stored in parts.</summary>
/// <param name="Sum">Checksum of the whole value, with which every part of it begins.</param>
/// <param name="Division">Its parts.</param>
internal readonly record struct PartsRecord(ulong Sum, Division Division)
{
    /// <summary>Bytes that it takes.</summary>
    public const int Bytes = sizeof(ulong) + (2 * sizeof(byte));

    public void Write(IBufferWriter<byte> buffer)
    {
        var writer = new StateWriter(buffer);
        writer.Write(Sum);
        writer.Write(Division.Slot);
        writer.Write(Division.Count);
    }

    /// <summary>Reads it from <see cref="Bytes"/> bytes.</summary>
    public static PartsRecord Read(ReadOnlySpan<byte> content)
    {
        var reader = new StateReader(content);
        return new(reader.Read<ulong>(), new(reader.Read<byte>(), reader.Read<byte>()));
    }
}
