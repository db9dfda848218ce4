namespace Streaming.Daemon.Cli.Operations;

/// <summary>Times of the log as reports show them.</summary>
internal static class ReportTime
{
    /// <param name="ticks">UTC ticks; none where nothing has been seen.</param>
    public static DateTime? Of(long ticks) => ticks > 0 ? new DateTime(ticks, DateTimeKind.Utc) : null;
}
