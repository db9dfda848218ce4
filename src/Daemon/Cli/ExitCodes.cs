namespace Streaming.Daemon.Cli;

/// <summary>How the process ends.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or stopped when asked to.</summary>
    public const int Ok = 0;

    /// <summary>An invariant broke or something needed at start could not be had; the log says which.</summary>
    public const int Failure = 1;

    /// <summary>The command line, the configuration, a model file or a record to decode is wrong; stderr has one line
    /// an error. Also: stored state is damaged, or can't be gone on with; a topic is missing, or not as it must be;
    /// something stands in the way of a deployment.</summary>
    public const int Configuration = 2;

    /// <summary>All of them with what they mean, as operators are told.</summary>
    public static IReadOnlyList<(int Code, string Means)> All { get; } =
    [
        (Ok, "done, or stopped as asked: forecasts acknowledged, offsets committed; what Kafka did not take in time is logged and "
            + "published again at the next start"),
        (Failure, "something broke that can't be waited for, or the brokers gave no answer; the log or the last line on stderr "
            + "names it"),
        (Configuration, "the command line, the configuration, a model file or a record given to decode is wrong, and stderr lists "
            + "all errors; or what was looked at is not as it must be: check, doctor, topics, state inspect"),
    ];
}
