using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.CloudEvents;
using Streaming.Daemon.Decoding.Otlp;
using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Decoding;

/// <summary>The decoder of each wire format.</summary>
internal static class Decoders
{
    /// <summary>Whether records must bring their headers, which costs some time a record.</summary>
    public static bool NeedHeaders(InputOptions options) =>
        options.Format == InputFormat.CloudEvents
        || (options.Format is InputFormat.Avro or InputFormat.Protobuf
            && options.Schema.Framing == SchemaFraming.Confluent);

    /// <summary>Makes the decoder of a format other than auto.</summary>
    /// <param name="format">The format.</param>
    /// <param name="options">The input.</param>
    /// <param name="pause">Told why the schema registry does not answer; returns when it is time to ask again. Null: a record
    /// that needs the registry then throws <see cref="RegistryAwayException"/>.</param>
    public static IRecordDecoder Create(InputFormat format, InputOptions options, Action<string>? pause = null) =>
        format switch
        {
            InputFormat.Json => new JsonDecoder(options),
            InputFormat.Influx => new InfluxDecoder(options),
            InputFormat.TelegrafJson => new TelegrafJsonDecoder(options),
            InputFormat.Prometheus => new PrometheusDecoder(options),
            InputFormat.Vector => new VectorDecoder(options),
            InputFormat.Debezium => new DebeziumDecoder(options),
            InputFormat.OtlpJson => new OtlpJsonDecoder(options),
            InputFormat.OtlpProto => new OtlpProtoDecoder(options),
            InputFormat.CloudEvents => new CloudEventDecoder(options),
            InputFormat.Avro => AvroDecoder.Create(options, pause),
            InputFormat.Protobuf => ProtobufDecoder.Create(options, pause),
            InputFormat.Csv => new CsvDecoder(options),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
}
