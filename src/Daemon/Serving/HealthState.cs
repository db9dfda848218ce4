using System.Globalization;

namespace Streaming.Daemon.Serving;

/// <summary>Health of the process: what its lanes report, judged for /live and /ready. Thread-safe.</summary>
/// <remarks>
/// Live: no lane has failed and each one's loop turned within <see cref="StallLimit"/>; joining, restoring and waiting
/// for Kafka are live, since a restart would not help. Ready: there is a lane, and every lane is running.
/// </remarks>
internal sealed class HealthState(TimeProvider clock)
{
    /// <summary>Silence of a lane's loop after which a restart is called for.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly SortedDictionary<int, LaneHealth> lanes = [];

    /// <summary>Where a lane reports; register every lane before the first one starts.</summary>
    /// <param name="lane">Its number.</param>
    /// <param name="name">What reasons call it, at its first registration; null: "lane N".</param>
    public LaneHealth Lane(int lane, string? name = null)
    {
        lock (gate)
        {
            return lanes.TryGetValue(lane, out LaneHealth? found) ? found
                : lanes[lane] = new(clock, name ?? string.Create(CultureInfo.InvariantCulture, $"lane {lane}"));
        }
    }

    /// <summary>The verdict for /live.</summary>
    public HealthReport Live() => Judge(Fault);

    /// <summary>The verdict for /ready.</summary>
    public HealthReport Ready()
    {
        HealthReport report = Judge(lane => Fault(lane) ?? (lane.State.Reason is { Length: > 0 } why ? why : null));
        return report.Lanes.Count == 0 ? report with { Ok = false, Reasons = ["no lane has started"] } : report;
    }

    /// <summary>Lanes that have failed, and why.</summary>
    public IReadOnlyList<string> Failures() =>
        Judge(lane => lane.State.Phase == LanePhase.Failed ? Fault(lane) : null).Reasons;

    private static string? Fault(LaneHealth lane)
    {
        if (lane.State is { Phase: LanePhase.Failed, Reason: var reason })
        {
            return $"failed: {reason}";
        }

        double seconds = lane.SinceTurn.TotalSeconds;
        return seconds <= StallLimit.TotalSeconds
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"its loop has not turned for {seconds:F0} s");
    }

    private HealthReport Judge(Func<LaneHealth, string?> complaint)
    {
        KeyValuePair<int, LaneHealth>[] all;
        lock (gate)
        {
            all = [.. lanes];
        }

        var reports = new List<LaneReport>(all.Length);
        var reasons = new List<string>();
        foreach ((int number, LaneHealth lane) in all)
        {
            reports.Add(new(number, lane.Name, lane.State.Phase, lane.State.Reason, lane.SinceTurn.TotalSeconds));
            if (complaint(lane) is { } why)
            {
                reasons.Add($"{lane.Name}: {why}");
            }
        }

        return new(reasons.Count == 0, reasons, reports);
    }
}
