using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.State.Inspection;

/// <summary>Reads stored series as a restore does, one at a time, and keeps none.</summary>
/// <param name="series">An empty table; it is empty again after each call.</param>
/// <param name="settings">What all series share.</param>
internal sealed class UnitProbe(SeriesTable series, ForecasterSettings settings)
{
    private readonly SeriesCodec codec = new(series.States);

    /// <summary>Reads the state that follows a <see cref="UnitRecord"/>.</summary>
    /// <param name="id">Id of the series.</param>
    /// <param name="form">The <see cref="SeriesForm"/> that it was written under.</param>
    /// <param name="state">The state, written under the form that the settings give.</param>
    /// <returns>How far the series is, and the start of its newest step in ticks; null where its rules
    /// give it another form now.</returns>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public (SeriesProgress Progress, long TimeTicks)? Read(
        ReadOnlySpan<byte> id, ulong form, ReadOnlySpan<byte> state)
    {
        SeriesState unit = series.Add(id, born: 0);
        try
        {
            if (form != series.FormOf(unit))
            {
                return null;
            }

            codec.Read(unit, state);
            return (SeriesProgress.Of(unit, settings), unit.TimeTicks);
        }
        finally
        {
            series.Drop(id);
        }
    }
}
