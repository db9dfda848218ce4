using System.Text.Json.Serialization;

namespace Streaming.Daemon.Configuration;

/// <summary>What a forecast's readers can rely on.</summary>
internal enum DeliveryMode
{
    /// <summary>Every forecast is published; after a failure some are published again.</summary>
    [JsonStringEnumMemberName("at-least-once")]
    AtLeastOnce,

    /// <summary>Every forecast is published once, for readers of committed records: one transaction a commit.</summary>
    [JsonStringEnumMemberName("exactly-once")]
    ExactlyOnce,
}
