namespace Streaming.Inference.Series;

/// <summary>How far a series' forecasts can be relied on.</summary>
public enum SeriesStatus
{
    /// <summary>Too few steps seen so far.</summary>
    Cold,
    Warm,

    /// <summary>Hidden and cell state are being computed anew from the window.</summary>
    BurnIn,

    /// <summary>It has had no value for so many steps that this is said, once.</summary>
    Missing,
}
