namespace Streaming.Inference.Series;

/// <summary>How far a series' forecasts can be relied on.</summary>
public enum SeriesStatus
{
    /// <summary>Too few steps seen so far.</summary>
    Cold,
    Warm,

    /// <summary>Hidden and cell state are being computed anew from the window.</summary>
    BurnIn,
}
