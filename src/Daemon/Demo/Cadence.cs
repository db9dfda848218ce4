namespace Streaming.Daemon.Demo;

/// <summary>Grid and season of a stream.</summary>
/// <param name="Step">Length of a step.</param>
/// <param name="Season">Length of a season, a multiple of the step.</param>
internal readonly record struct Cadence(TimeSpan Step, TimeSpan Season)
{
    /// <summary>Season in steps.</summary>
    public int SeasonSteps => (int)(Season.Ticks / Step.Ticks);

    /// <summary>Number of the step that a time falls into, counted from year 1.</summary>
    public long StepOf(DateTime time) => time.Ticks / Step.Ticks;
}
