namespace Streaming.Daemon.Tuning;

/// <summary>What became of a change that somebody asked for.</summary>
internal enum DeskResult
{
    /// <summary>The version is in force.</summary>
    Done,

    /// <summary>Another process is the one to ask.</summary>
    NotHere,

    /// <summary>There is no such version.</summary>
    Unknown,

    /// <summary>Configuration or network say no.</summary>
    Refused,

    /// <summary>Kafka did not take it.</summary>
    Failed,
}

/// <param name="Result">What became of it.</param>
/// <param name="Why">In a few words.</param>
internal sealed record DeskAnswer(DeskResult Result, string Why);
