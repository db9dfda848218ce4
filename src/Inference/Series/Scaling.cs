using System.Text.Json.Serialization;

namespace Streaming.Inference.Series;

/// <summary>What the values of a series are measured from, and in what.</summary>
public enum Scaling
{
    /// <summary>Running mean and standard deviation.</summary>
    Standard,

    /// <summary>Middle and half of the running range, so that the newest value lies in ±1.</summary>
    [JsonStringEnumMemberName("min-max")]
    MinMax,
}
