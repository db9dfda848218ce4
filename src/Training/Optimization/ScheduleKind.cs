namespace Streaming.Training.Optimization;

/// <summary>How the step size changes over a run, after its warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>Along half a cosine to the final share.</summary>
    Cosine,

    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>By a factor after each so many updates.</summary>
    Step,

    /// <summary>By the same factor at each update, to the final share.</summary>
    Exponential,

    /// <summary>In triangles between the final share and 1.</summary>
    Cyclical,
}
