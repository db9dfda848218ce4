using Streaming.Daemon.Pretraining;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest;

/// <summary>A backtest that was asked for.</summary>
/// <param name="Files">CSV files.</param>
/// <param name="Configuration">The configuration under which series are forecast.</param>
/// <param name="Options">What is scored.</param>
/// <param name="HasBaselines">Whether each expert is scored by itself, too.</param>
/// <param name="Report">Page to write; null: none.</param>
internal sealed record BacktestRequest(
    IReadOnlyList<string> Files, PretrainingConfiguration Configuration, BacktestOptions Options, bool HasBaselines,
    string? Report)
{
    private const string LagsKey = "Model:LagSteps";

    /// <summary>Lags of a network that is trained here: it is for these series alone, and has the data for so many.
    /// </summary>
    private const int TrainedLagSteps = 336;

    /// <summary>The network that is used.</summary>
    public NetworkChoice Network => Options.NetworkToUse(Configuration.Options.Model.File is not null);

    /// <summary>What all series share: every step to the longest horizon is forecast.</summary>
    public ForecasterSettings Settings => Configuration.Settings with
    {
        Horizons = [.. Enumerable.Range(1, Options.Horizons[^1])],
        LagSteps = Network is NetworkChoice.Tuned or NetworkChoice.Frozen && !Configuration.Says(LagsKey)
            ? Math.Min(TrainedLagSteps, Configuration.Options.Series.WindowSteps - 1)
            : Configuration.Settings.LagSteps,
    };
}
