using System.Buffers;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State;

/// <summary>What stands before the state of a series in its record.</summary>
/// <param name="Era">Under which it was written.</param>
/// <param name="Form">Under which profile: <see cref="SeriesForm"/>.</param>
/// <param name="AsOf">All records before this offset are in it, none from there on.</param>
/// <param name="Born">Offset of the record that it began with.</param>
internal readonly record struct UnitRecord(Era Era, ulong Form, long AsOf, long Born)
{
    private const int Bytes = (5 * sizeof(long)) + sizeof(int);

    public void Write(IBufferWriter<byte> buffer)
    {
        var writer = new StateWriter(buffer);
        writer.Write(Era.Structure);
        writer.Write(Era.Configuration);
        writer.Write(Era.Revision);
        writer.Write(Form);
        writer.Write(AsOf);
        writer.Write(Born);
    }

    /// <summary>Reads it, and tells what follows it.</summary>
    /// <exception cref="InvalidDataException">The content is too short.</exception>
    public static UnitRecord Read(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> state)
    {
        var reader = new StateReader(content);
        var record = new UnitRecord(
            new(reader.Read<ulong>(), reader.Read<ulong>(), reader.Read<int>()), reader.Read<ulong>(), reader.Read<long>(),
            reader.Read<long>());
        state = content[Bytes..];
        return record;
    }
}
