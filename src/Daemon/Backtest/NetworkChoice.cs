namespace Streaming.Daemon.Backtest;

/// <summary>The network that forecasts beside the experts.</summary>
internal enum NetworkChoice
{
    /// <summary>Trained on the rows before the scored ones, then fine-tuned after each season.</summary>
    Tuned,

    /// <summary>Trained on the rows before the scored ones, and left as it is.</summary>
    Frozen,

    /// <summary>The one that the daemon would start with, left as it is.</summary>
    Served,

    /// <summary>None: the experts alone.</summary>
    None,
}
