using Streaming.Daemon.Backtest;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;

namespace Daemon.Tests.Backtest;

/// <summary>Requests for backtests with a small network.</summary>
internal static class BacktestSetup
{
    private static readonly Dictionary<string, string?> Small = new()
    {
        ["Model:Hidden"] = "4",
        ["Model:Layers"] = "1",
        ["Model:LagSteps"] = "6",
        ["Series:WindowSteps"] = "96",
        ["Series:Step"] = "01:00:00",
    };

    /// <summary>A request for one file.</summary>
    public static BacktestRequest Request(string file, string profile, BacktestOptions options)
    {
        var errors = new List<ConfigurationError>();
        var given = new Dictionary<string, string?>(Small) { ["Series:Profile"] = profile };
        PretrainingConfiguration? configuration = PretrainingConfiguration.Load(null, given, null, errors);
        Assert.Empty(errors);
        return new([file], configuration!, options, HasBaselines: false, Report: null);
    }
}
