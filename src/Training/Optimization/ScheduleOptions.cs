namespace Streaming.Training.Optimization;

/// <summary>Step size over a run, as a share of the largest.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Shape. Default cosine.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Cosine;

    /// <summary>Updates over which the share rises linearly to 1. Default 20.</summary>
    public int WarmUpUpdates { get; init; } = 20;

    /// <summary>Updates of a run: where cosine and exponential reach the final share, and stay. Default 200.</summary>
    public int RunUpdates { get; init; } = 200;

    /// <summary>Share left at the end of a run, and the least of a cycle. Default 0.1.</summary>
    public double FinalShare { get; init; } = 0.1;

    /// <summary>Updates between two steps of a step schedule, and from low to high in a cycle. Default 50.</summary>
    public int StepUpdates { get; init; } = 50;

    /// <summary>Factor of each step of a step schedule. Default 0.5.</summary>
    public double StepFactor { get; init; } = 0.5;

    /// <summary>Whether each setting is within its bounds.</summary>
    internal bool IsValid() =>
        Enum.IsDefined(Kind) && WarmUpUpdates >= 0 && RunUpdates >= 1 && StepUpdates >= 1
        && FinalShare is > 0 and <= 1 && StepFactor is > 0 and <= 1;
}
