using System.Buffers;
using Streaming.Inference.Model;

namespace Streaming.Inference.Series.Codec;

/// <summary>The whole state of a series, its hidden and cell state included, in binary form: bit for bit what it
/// was.</summary>
/// <remarks>
/// The form has no version, checksum or description of its own: whoever stores it adds those, and reads it back only
/// under the profile, settings and shape it was written with. Sizes that don't fit are found nonetheless. Not
/// thread-safe: it keeps a buffer for rows, and the units that series share.
/// </remarks>
public sealed class SeriesCodec
{
    private readonly StateTable states;
    private readonly float[] row;
    private readonly MeasureUnits units = new();

    /// <param name="states">Table with the rows of the series.</param>
    public SeriesCodec(StateTable states)
    {
        ArgumentNullException.ThrowIfNull(states);
        this.states = states;
        row = new float[states.RowLength];
    }

    /// <summary>Appends the state of a series.</summary>
    /// <param name="series">A series of this table, none of whose steps is pending.</param>
    /// <param name="buffer">Receives the bytes.</param>
    public void Write(SeriesState series, IBufferWriter<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(series);
        var writer = new StateWriter(buffer);
        series.WriteTo(writer);
        ReadOnlySpan<byte> unit = series.Unit is null ? default : series.Unit.Text;
        writer.Write((byte)unit.Length);
        writer.Write(unit);
        states.CopyTo(series.Row, row);
        writer.Write<float>(row);
    }

    /// <summary>Replaces the state of a new series.</summary>
    /// <param name="series">A series of this table that has seen nothing.</param>
    /// <param name="bytes">What was written, under the same profile, settings and shape.</param>
    /// <exception cref="InvalidDataException">It was not; the series must not be used.</exception>
    public void Read(SeriesState series, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(series);
        var reader = new StateReader(bytes);
        series.ReadFrom(ref reader);
        ReadOnlySpan<byte> unit = reader.Take(reader.Read<byte>());
        series.Unit = unit.IsEmpty || MeasureUnit.IsValid(unit) ? units.Of(unit)
            : throw new InvalidDataException("The state has a unit that is none.");
        reader.Read<float>(row);
        reader.End();
        states.Restore(series.Row, row);
    }
}
