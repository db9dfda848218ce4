using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Which forecasts of a kind of series are published. Immutable and thread-safe.</summary>
/// <remarks>
/// Decided by the step alone, so a record that is processed again gives the same messages. On a grid the last step of
/// each group of N is taken, groups counted as steps are: an hour of five-minute steps is told when it is over, of all
/// series at once. In event mode every N-th event of a series is.
/// </remarks>
/// <param name="kind">The kind of series.</param>
internal sealed class PublishFilter(SeriesKind kind)
{
    private readonly bool isAll = kind.Options.Publish == PublishKind.All;
    private readonly int everySteps = kind.Options.PublishEverySteps;
    private readonly SeriesProfile profile = kind.Profile;

    /// <summary>Whether a step's forecast is published; anomalies and news of silence always are.</summary>
    /// <param name="step">The step.</param>
    /// <param name="head">What the forecaster says of it; not read for news of silence.</param>
    public bool Takes(in PendingStep step, in ForecastBlock.Head head) =>
        step.IsSilence || head.IsAnomaly || (isAll && (everySteps == 1 || IsLastOfGroup(step.TimeTicks, head.Steps)));

    private bool IsLastOfGroup(long timeTicks, long events)
    {
        long number = profile.IsEventMode ? events : profile.IndexOf(timeTicks) + 1;
        return number % everySteps == 0;
    }
}
