namespace Streaming.Training.FineTuning;

/// <summary>What becomes of the champion and of the challenger's snapshot.</summary>
public enum Decision
{
    /// <summary>Nothing yet: evidence is gathered.</summary>
    None,

    /// <summary>The snapshot should become champion.</summary>
    Promote,

    /// <summary>The snapshot is given up, and the next one is taken when the run ends.</summary>
    Drop,

    /// <summary>The champion before should come back.</summary>
    RollBack,
}
