namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether records come from the future: clocks of producers or brokers differ from this machine's.</summary>
internal static class ClockCheck
{
    private const string Name = "clock";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <param name="topic">The input.</param>
    /// <param name="newest">Kafka timestamp of its newest record.</param>
    /// <param name="now">This machine's time.</param>
    public static Symptom Look(string topic, DateTimeOffset newest, DateTimeOffset now) => newest - now > Tolerance
        ? new(
            Verdict.Warning, Name, topic,
            FormattableString.Invariant(
                $"its newest record is dated {newest:yyyy-MM-dd HH:mm:ss}Z, {newest - now:d\\.hh\\:mm\\:ss} ahead of this machine's clock"),
            "Set the clocks of producers, brokers and this machine (NTP), or have producers send timestamps in milliseconds: "
            + "Series:MaxFuture judges event times by them.")
        : new(Verdict.Ok, Name, topic, FormattableString.Invariant($"its newest record is of {newest:yyyy-MM-dd HH:mm:ss}Z"));
}
