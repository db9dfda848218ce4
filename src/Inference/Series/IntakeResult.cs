namespace Streaming.Inference.Series;

/// <summary>What became of an observation.</summary>
public enum IntakeResult
{
    Accepted,

    /// <summary>The bucket of its time is closed, or in event mode a later event has been seen, or a newer running total
    /// had to be taken because too many waited.</summary>
    Late,
}
