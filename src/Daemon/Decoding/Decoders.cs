using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding.Otlp;

namespace Streaming.Daemon.Decoding;

/// <summary>The decoder of each wire format.</summary>
internal static class Decoders
{
    /// <summary>Makes the decoder of a format other than auto.</summary>
    public static IRecordDecoder Create(InputFormat format, InputOptions options) => format switch
    {
        InputFormat.Json => new JsonDecoder(options),
        InputFormat.Influx => new InfluxDecoder(options),
        InputFormat.TelegrafJson => new TelegrafJsonDecoder(options),
        InputFormat.Prometheus => new PrometheusDecoder(options),
        InputFormat.Vector => new VectorDecoder(options),
        InputFormat.Debezium => new DebeziumDecoder(options),
        InputFormat.OtlpJson => new OtlpJsonDecoder(options),
        InputFormat.OtlpProto => new OtlpProtoDecoder(options),
        InputFormat.Csv => new CsvDecoder(options),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
