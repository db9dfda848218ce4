namespace Streaming.Daemon.Backtest;

/// <summary>Which rows of a file are scored.</summary>
/// <remarks>In all of them forecasts are made at every step, from the first row on, and a value teaches once its time
/// has come. A and F also name rows before the scored ones: those set the unit of scores and train the network.
/// </remarks>
internal enum BacktestProtocol
{
    /// <summary>60/10/30% of the rows train, validate and are scored.</summary>
    A,

    /// <summary>FSNet's split: of files named ETT… the first 20 months of 30 days, 4/1/15; of others 20/5/75% of the
    /// rows.</summary>
    F,

    /// <summary>All rows are scored, from the first forecast on, in units of the whole series.</summary>
    Prequential,
}
