using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>Related series, each of which is forecast from the last values of all.</summary>
/// <remarks>All take a step's values before one of them forecasts from it. Not thread-safe.</remarks>
/// <param name="members">How many; as their plans say.</param>
public sealed class SeriesGroup(int members)
{
    /// <summary>Their experts, in an order of their own; a null has no value yet.</summary>
    internal SeriesExperts?[] Members { get; } = new SeriesExperts?[members];

    /// <summary>Makes a series a member.</summary>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="series">A series with experts, of no group.</param>
    public void Join(int place, SeriesState series)
    {
        ArgumentNullException.ThrowIfNull(series);
        Members[place] = series.Experts;
        series.Group = this;
    }
}
