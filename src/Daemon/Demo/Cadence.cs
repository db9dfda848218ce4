using Streaming.Inference.Series;

namespace Streaming.Daemon.Demo;

/// <summary>Grid and season of a stream.</summary>
/// <param name="Step">Length of a step.</param>
/// <param name="Season">Length of a season, a multiple of the step.</param>
internal readonly record struct Cadence(TimeSpan Step, TimeSpan Season)
{
    /// <summary>Those of a profile; a season of one step, which is persistence, where it knows none.</summary>
    public static Cadence Of(SeriesProfile profile) => new(
        TimeSpan.FromTicks(profile.StepTicks), TimeSpan.FromTicks(profile.StepTicks * Math.Max(1, profile.SeasonSteps)));

    /// <summary>Season in steps.</summary>
    public int SeasonSteps => (int)(Season.Ticks / Step.Ticks);

    /// <summary>Number of the step that a time falls into, counted from year 1.</summary>
    public long StepOf(DateTime time) => time.Ticks / Step.Ticks;
}
