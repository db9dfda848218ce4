namespace Streaming.Daemon.Backtest;

/// <summary>Which series of a file are forecast from one another, too, where the profile has such experts.</summary>
internal enum GroupChoice
{
    /// <summary>The columns of a wide file: they were measured together.</summary>
    Columns,

    /// <summary>None: each series by itself.</summary>
    None,
}
