namespace Streaming.Daemon.Cli;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or stopped when asked to.</summary>
    public const int Ok = 0;

    /// <summary>An invariant broke or something needed at start could not be had; the log says which.</summary>
    public const int Failure = 1;

    /// <summary>The command line, the configuration, a model file or a record to decode is wrong; stderr has one line
    /// an error. Also: stored state is damaged, or can't be gone on with; a topic is missing, or not as it must be.</summary>
    public const int Configuration = 2;
}
