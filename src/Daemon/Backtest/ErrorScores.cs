namespace Streaming.Daemon.Backtest;

/// <summary>Errors of one forecaster.</summary>
internal sealed record ErrorScores(double? Mse, double? Mae, double? Mase);
