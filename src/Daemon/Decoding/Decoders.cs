using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.CloudEvents;
using Streaming.Daemon.Decoding.Otlp;
using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Decoding;

/// <summary>The decoder of each wire format.</summary>
internal static class Decoders
{
    /// <summary>Makes the decoder of a format other than auto.</summary>
    /// <param name="format">The format.</param>
    /// <param name="options">The input.</param>
    /// <param name="registry">Told how it goes with the schema registry, and waits for it. Null: a record that needs
    /// one that is away throws <see cref="RegistryAwayException"/>.</param>
    public static IRecordDecoder Create(
        InputFormat format, InputOptions options, RegistryEvents? registry = null) =>
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
            InputFormat.Avro => AvroDecoder.Create(options, registry),
            InputFormat.Protobuf => ProtobufDecoder.Create(options, registry),
            InputFormat.Csv => new CsvDecoder(options),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
}
