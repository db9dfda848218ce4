using Streaming.Daemon.Backtest;

namespace Benchmarks.Experts;

/// <summary>A data file under a protocol, and the errors that its mixture must not exceed.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Protocol">Which rows are scored.</param>
/// <param name="Errors">Mean squared errors at the reported horizons.</param>
internal sealed record ReachGoal(string Name, BacktestProtocol Protocol, double[] Errors)
{
    /// <summary>The generated file.</summary>
    public const string Autoregressive = "autoregressive";

    /// <summary>The lines of the table.</summary>
    public static readonly ReachGoal[] All =
    [
        new("ETTh1", BacktestProtocol.A, [.1098, .2850, .3290]),
        new("ETTm1", BacktestProtocol.A, [.0523, .2084, .2629]),
        new("ETTm1", BacktestProtocol.F, [.098, .414, .541]),
        new("WTH", BacktestProtocol.F, [.149, .306, .379]),
        new("exchange_rate", BacktestProtocol.F, [.0090, .0872, .1664]),
        new(Autoregressive, BacktestProtocol.A, []),
    ];

    /// <summary>As the command line has it.</summary>
    public string Text => $"{Name}:{Protocol}";
}
