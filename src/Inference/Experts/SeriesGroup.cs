namespace Streaming.Inference.Experts;

/// <summary>Related series, each of which is forecast from the last values of all.</summary>
/// <remarks>All take a step's values before one of them forecasts from it. Not thread-safe.</remarks>
/// <param name="members">How many.</param>
internal sealed class SeriesGroup(int members)
{
    /// <summary>Their experts, in an order of their own; a null has no value yet.</summary>
    public SeriesExperts?[] Members { get; } = new SeriesExperts?[members];
}
