namespace Streaming.Inference.Series;

/// <summary>What became of an observation.</summary>
public enum IntakeResult
{
    Accepted,

    /// <summary>The bucket of its time is closed, or in event mode a later event has been seen.</summary>
    Late,

    /// <summary>Its time lies too far past its record's Kafka timestamp.</summary>
    Future,
}
