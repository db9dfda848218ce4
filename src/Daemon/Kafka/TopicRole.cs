using System.Text.Json.Serialization;

namespace Streaming.Daemon.Kafka;

/// <summary>What a topic of a deployment is for.</summary>
internal enum TopicRole
{
    /// <summary>Events; its producers make it.</summary>
    Input,

    /// <summary>Observations keyed by series.</summary>
    Repartition,

    /// <summary>Forecasts.</summary>
    Forecasts,

    /// <summary>Refused records.</summary>
    [JsonStringEnumMemberName("dead-letters")]
    DeadLetters,

    /// <summary>State of series, and markers.</summary>
    State,

    /// <summary>Versions of the network.</summary>
    Models,
}
