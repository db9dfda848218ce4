namespace Streaming.Inference.Series;

/// <summary>A step that waits for its wave.</summary>
/// <param name="Series">The series it belongs to.</param>
/// <param name="TimeTicks">Start of the step, or time of the event, in ticks.</param>
/// <param name="Value">Its value, in the series' unit.</param>
/// <param name="IsHeld">Whether the value was held over a gap; such steps are not published.</param>
/// <param name="Restarts">Whether the series starts cold at this step, after too long a gap.</param>
/// <param name="Origin">The caller's number of the record that brought it about.</param>
public readonly record struct PendingStep(
    SeriesState Series, long TimeTicks, double Value, bool IsHeld, bool Restarts, int Origin);
