using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tuning;

/// <summary>Makes a trainer's runs, with all that its terms share.</summary>
internal sealed class TuningFactory(
    ForecasterOptions options, ForecasterSettings settings, SampleTap tap, DecisionLog decisions,
    RunLog runs, ForecasterMetrics metrics, TimeProvider clock, ILogger<TuningRun> logger)
{
    /// <summary>Runs that begin with a challenger equal to the champion.</summary>
    public TuningRun Create(ModelParameters champion, VersionDesk desk) =>
        new(options, settings, champion, tap, desk, decisions, runs, metrics, clock, logger);
}
