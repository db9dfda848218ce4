namespace Streaming.Inference.Series;

/// <summary>A step that waits for its wave.</summary>
/// <param name="Series">The series it belongs to.</param>
/// <param name="TimeTicks">Start of the step, or time of the event, in ticks.</param>
/// <param name="Value">Its value, in the series' unit.</param>
/// <param name="IsHeld">Whether it lies in a gap; such steps are not published. A finite value is what fills it, NaN
/// leaves that to the profile.</param>
/// <param name="Restarts">Whether the series starts cold at this step, after too long a gap.</param>
/// <param name="Origin">The caller's number of the record that brought it about.</param>
public readonly record struct PendingStep(
    SeriesState Series, long TimeTicks, double Value, bool IsHeld, bool Restarts, int Origin)
{
    /// <summary>Whether it is no step at all, but the news that its series has fallen silent: published, not stepped.
    /// </summary>
    public bool IsSilence { get; init; }

    /// <summary>What its value is measured in, as far as its series knew when it came about; null: unknown.</summary>
    /// <remarks>Kept here, for later records of the same batch may say otherwise.</remarks>
    public MeasureUnit? Unit { get; } = Series.StepUnit;

    /// <summary>Its covariates, [C], NaN where it lacks one; or none. Valid until its queue is cleared.</summary>
    public ReadOnlyMemory<double> Covariates { get; init; }

    /// <summary>What it has seen of the other members of its group, in the order of the log; or none. Valid until its queue is
    /// cleared.</summary>
    public ReadOnlyMemory<double> Seen { get; init; }

    /// <summary>Value that ends the gap that it lies in, in the series' unit.</summary>
    public double GapEnd { get; init; }

    /// <summary>Steps from the one before to the one that ends the gap.</summary>
    public int StepsToGapEnd { get; init; }
}
