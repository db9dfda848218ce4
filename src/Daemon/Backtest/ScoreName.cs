namespace Streaming.Daemon.Backtest;

/// <summary>A score, as command line and table call it.</summary>
internal enum ScoreName
{
    /// <summary>Mean squared error, in squared deviations of the rows before the scored ones.</summary>
    Mse,

    /// <summary>Mean absolute error, in those deviations.</summary>
    Mae,

    /// <summary>Mean absolute error over that of seasonal naive one season ahead, on the rows before.</summary>
    Mase,

    /// <summary>Mean pinball loss of all quantile levels, in deviations.</summary>
    Pinball,

    /// <summary>Winkler's score of the 90% interval, in deviations: its width, and 20 times what a value lies outside.
    /// </summary>
    Winkler,

    /// <summary>Share of values within the 90% interval.</summary>
    Coverage,
}
