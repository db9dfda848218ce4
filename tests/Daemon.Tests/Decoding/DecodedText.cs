using System.Globalization;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>What a decoder makes of a record, in a form that reads well in a test.</summary>
/// <param name="Reason">Why the record, or the first of its observations that is, is refused: its stable name.</param>
/// <param name="Observations">One text each: "series time value", with the kind where the producer tells.</param>
internal sealed record DecodedText(string Reason, string[] Observations)
{
    /// <summary>2023-11-14T22:13:20Z, in ms since 1970.</summary>
    public const long KafkaMs = 1_700_000_000_000;

    public static DecodedText Of(string value, InputOptions options, long timestampMs = KafkaMs) =>
        Of(new RecordDecoder(options), Encoding.UTF8.GetBytes(value), timestampMs);

    public static DecodedText Of(RecordDecoder decoder, byte[] value, long timestampMs = KafkaMs)
    {
        RejectReason reason = decoder.Decode(new() { Value = value, TimestampMs = timestampMs });
        return new(reason.Name(), [.. Enumerable.Range(0, decoder.Observations.Count)
            .Select(i => Text(decoder.Observations[i]))]);
    }

    public static string Text(Observation observation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Encoding.UTF8.GetString(observation.SeriesId)} {new DateTime(observation.TimeTicks):yyyy-MM-ddTHH:mm:ss.FFFFFFF}"
            + $" {observation.Value}{(observation.Kind == ValueKind.Auto ? "" : $" {observation.Kind}")}");
}
