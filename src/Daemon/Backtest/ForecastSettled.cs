namespace Streaming.Daemon.Backtest;

/// <summary>Is told of each forecast once its value has come.</summary>
internal delegate void ForecastSettled(in SettledForecast settled);
