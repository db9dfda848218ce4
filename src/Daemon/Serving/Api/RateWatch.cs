using Prometheus;

namespace Streaming.Daemon.Serving.Api;

/// <summary>How much the process does a second, over the last ten seconds or so in which somebody asked; since the start
/// where nobody did. Thread-safe.</summary>
internal sealed class RateWatch(ForecasterMetrics metrics, TimeProvider clock)
{
    private const int Samples = 10;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<Sample> samples = new([new(clock.GetTimestamp(), 0, 0)]);
    private Sample newest = new(clock.GetTimestamp(), 0, 0);

    /// <summary>Records taken and forecasts committed, a second.</summary>
    public (double Records, double Forecasts) PerSecond()
    {
        var now = new Sample(clock.GetTimestamp(), Sum(metrics.RecordsConsumed), metrics.ForecastsPublished.Value);
        lock (gate)
        {
            Sample from = samples.Peek();
            if (clock.GetElapsedTime(newest.Timestamp, now.Timestamp) >= Apart)
            {
                samples.Enqueue(newest = now);
                if (samples.Count > Samples)
                {
                    samples.Dequeue();
                }
            }

            double seconds = clock.GetElapsedTime(from.Timestamp, now.Timestamp).TotalSeconds;
            return seconds > 0
                ? ((now.Records - from.Records) / seconds, (now.Forecasts - from.Forecasts) / seconds)
                : default;
        }
    }

    private static double Sum(Counter counter) =>
        counter.GetAllLabelValues().Sum(labels => counter.WithLabels(labels).Value);

    private readonly record struct Sample(long Timestamp, double Records, double Forecasts);
}
