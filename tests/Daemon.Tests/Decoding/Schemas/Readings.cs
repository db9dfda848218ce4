using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Decoding.Schemas;

/// <summary>The golden readings: schemas as files, payloads as other libraries encode them.</summary>
internal static class Readings
{
    /// <summary>Bytes of the frame: 00 and a number.</summary>
    public const int FrameBytes = 5;

    public static readonly long Ticks = new DateTime(2024, 1, 31, 23, 59, 42, 125, DateTimeKind.Utc).Ticks;

    public static string FilePath(string name) => RepositoryRoot.Combine("tests", "Golden", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(FilePath(name));

    public static InputOptions Options(
        InputFormat format, string series = "meta.sensor", string time = "at", string value = "temp") => new()
        {
            Format = format,
            SeriesPath = series,
            TimePath = time,
            ValuePath = value,
            Schema = new() { File = FilePath(format == InputFormat.Avro ? "reading.avsc" : "reading.proto") },
        };

    public static InputOptions Without(this InputOptions options, SchemaFraming framing, string? message = null) =>
        options with { Schema = options.Schema with { Framing = framing, Message = message } };

    /// <summary>Decodes a record: the reason's name, or series, time and value.</summary>
    public static string Decode(InputOptions options, byte[] value, RecordHeaders headers = default)
    {
        var decoder = new RecordDecoder(options);
        RejectReason reason = decoder.Decode(new() { Value = value, Headers = headers });
        return reason != RejectReason.None
            ? reason.Name()
            : string.Join('|', Decoded.All(decoder.Observations).Select(o =>
                $"{o.Series} {(o.TimeTicks == Ticks ? "at" : new DateTime(o.TimeTicks).ToString("O"))} {o.Value:R}"));
    }
}
