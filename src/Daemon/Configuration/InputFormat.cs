using System.Text.Json.Serialization;

namespace Streaming.Daemon.Configuration;

/// <summary>Wire format of the input. Configured, and told in metrics, as <see cref="OptionNames"/> spells
/// it.</summary>
internal enum InputFormat
{
    /// <summary>Recognized record by record.</summary>
    Auto,

    /// <summary>JSON by the configured paths.</summary>
    Json,

    /// <summary>InfluxDB line protocol.</summary>
    Influx,

    /// <summary>Telegraf's JSON.</summary>
    [JsonStringEnumMemberName("telegraf-json")]
    TelegrafJson,

    /// <summary>prometheus-kafka-adapter's JSON.</summary>
    Prometheus,

    /// <summary>Metrics of Vector's codecs json and native_json.</summary>
    Vector,

    /// <summary>Debezium's change events, the configured paths applied to the row.</summary>
    Debezium,

    /// <summary>OpenTelemetry metrics in JSON.</summary>
    [JsonStringEnumMemberName("otlp-json")]
    OtlpJson,

    /// <summary>OpenTelemetry metrics in Protobuf.</summary>
    [JsonStringEnumMemberName("otlp-proto")]
    OtlpProto,

    /// <summary>CloudEvents with JSON data, the configured paths applied to the data.</summary>
    CloudEvents,

    /// <summary>Avro, by the configured paths.</summary>
    Avro,

    /// <summary>Protobuf, by the configured paths.</summary>
    Protobuf,

    /// <summary>CSV lines by configured columns. Auto never takes them: nothing tells them from text.</summary>
    Csv,
}
