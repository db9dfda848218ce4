using Streaming.Inference.Series;

namespace Streaming.Training.Preparation;

/// <summary>How a found series is made ready for training. Checked by <see cref="SeriesPreparation"/>.</summary>
public sealed record PreparationOptions
{
    /// <summary>What stands in for missing values. Default null: what the series' profile says, as in service.</summary>
    public FillKind? Fill { get; init; }

    /// <summary>Values that mean "missing", such as -9999. Default none.</summary>
    public IReadOnlyList<double> Sentinels { get; init; } = [];

    /// <summary>
    /// Share of a series' values at each end that is clipped to the quantile there; 0 clips nothing. Default 0.
    /// </summary>
    /// <remarks>A value is never dropped for the size of its jump alone: rain jumps, and so do outages.</remarks>
    public double ClipShare { get; init; }

    /// <exception cref="ArgumentException">A setting is out of bounds.</exception>
    internal void Validate()
    {
        if (!(ClipShare is >= 0 and < 0.5))
        {
            throw new ArgumentException($"ClipShare is {ClipShare}, it must lie in [0, 0.5).");
        }
    }
}
