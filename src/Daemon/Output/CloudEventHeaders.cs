using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Output;

/// <summary>Headers that make a forecast a CloudEvent 1.0 in Kafka's binary mode.</summary>
/// <remarks>
/// The four required attributes and no more: each header costs librdkafka about as much as a small message. The time
/// is in the value, and a missing content type means JSON. Allocates nothing once warm. Not thread-safe: one per lane.
/// Source: CloudEvents 1.0.2 and its Kafka protocol binding.
/// </remarks>
internal sealed class CloudEventHeaders
{
    /// <summary>Type of every forecast.</summary>
    public const string ForecastType = "forecaster.forecast.v1";

    private readonly Utf8Buffer text = new(256);
    private readonly byte[] source;
    private readonly byte[] type = Encoding.UTF8.GetBytes(ForecastType);
    private readonly byte[] topic;

    /// <param name="application">Name of the deployment. The source is "/application/topic".</param>
    /// <param name="inputTopic">Topic of the records the forecasts come from.</param>
    public CloudEventHeaders(string application, string inputTopic)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(inputTopic);
        source = Encoding.UTF8.GetBytes($"/{application}/{inputTopic}");
        topic = Encoding.UTF8.GetBytes($"{inputTopic}/");
    }

    /// <summary>Replaces the headers by those of a forecast.</summary>
    /// <remarks>The id is topic/partition/offset/time/series. One record may close steps of many series, and several
    /// of one: series and time tell these apart. Two events of one series at the same time differ by offset. A record
    /// that is processed again yields the same ids. The series id stands as in JSON, because CloudEvents text has no
    /// control characters.</remarks>
    public void Fill(MessageHeaders headers, in ForecastView forecast)
    {
        const int NumberBytes = 3 * (NumberText.MaxBytes + 1);
        text.Clear();
        var writer = new SpanWriter(text.Reserve(topic.Length + NumberBytes + forecast.JsonId.Length));
        writer.Put(topic);
        writer.PutInteger(forecast.Partition);
        writer.Put("/"u8);
        writer.PutInteger(forecast.Offset);
        writer.Put("/"u8);
        writer.PutTime(forecast.TimeTicks);
        writer.Put("/"u8);
        writer.Put(forecast.JsonId[1..^1]);
        text.Advance(writer.Count);

        headers.Clear();
        headers.Add("ce_specversion"u8, "1.0"u8);
        headers.Add("ce_id"u8, text.Written);
        headers.Add("ce_source"u8, source);
        headers.Add("ce_type"u8, type);
    }
}
