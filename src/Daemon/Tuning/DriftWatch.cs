using Streaming.Daemon.Serving;
using Streaming.Training.Gate;

namespace Streaming.Daemon.Tuning;

/// <summary>Watches the live errors of the first horizon, to start a run early where they have grown.</summary>
internal sealed class DriftWatch(ForecasterMetrics metrics)
{
    /// <summary>Forecasts that make a mean; until so many are settled a look changes nothing.</summary>
    private const int LeastSettled = 32;

    private readonly PageHinkley test = new();
    private (long Settled, double Errors) last;

    /// <summary>Takes what was settled since the last look and says whether errors have grown.</summary>
    public bool Look()
    {
        (long settled, double errors) = metrics.LiveErrors();
        long count = settled - last.Settled;
        if (count < LeastSettled)
        {
            return false;
        }

        double mean = (errors - last.Errors) / count;
        last = (settled, errors);
        return test.Add(mean);
    }
}
