namespace Streaming.Daemon.Backtest;

/// <summary>Scores at one horizon alone.</summary>
/// <param name="Mse">As in <see cref="BacktestResult"/>.</param>
/// <param name="Mae">Likewise.</param>
/// <param name="Coverage90">Likewise.</param>
/// <param name="Winkler90">Likewise.</param>
/// <param name="WorstFortnight">The least share of values within the interval in two weeks of one series.</param>
internal sealed record StepScores(
    double? Mse, double? Mae, double? Coverage90, double? Winkler90, double? WorstFortnight);
