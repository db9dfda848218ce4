namespace Streaming.Training.Preparation;

/// <summary>What a generated stream is made of.</summary>
public enum StreamKind
{
    /// <summary>A level that drifts, a season and weekly pattern added to it, and persistent noise.</summary>
    AdditiveSeason,

    /// <summary>A level that drifts, times a season, times persistent noise.</summary>
    MultiplicativeSeason,

    /// <summary>A season times a threshold autoregression, whose sign decides what comes next.</summary>
    TwoRegimes,

    /// <summary>A random walk with jumps to new levels.</summary>
    LevelShifts,
}
