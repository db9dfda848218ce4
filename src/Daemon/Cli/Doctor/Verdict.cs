namespace Streaming.Daemon.Cli.Doctor;

/// <summary>What one look came to.</summary>
internal enum Verdict
{
    /// <summary>As it must be.</summary>
    Ok,

    /// <summary>Could not be looked at: the brokers don't tell, or what it takes is missing.</summary>
    Unknown,

    /// <summary>It runs, but not well, or not for ever.</summary>
    Warning,

    /// <summary>It does not run like this, or loses something.</summary>
    Problem,
}
