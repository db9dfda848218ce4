using System.Globalization;
using System.Text;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;

namespace Daemon.Tests.Pipeline;

public sealed class DeadLetterPublisherTests
{
    private readonly MemoryBroker broker = new(1);

    [Fact]
    public void Publish_RefusedRecord_KeepsItsBytesAndTellsWhereItCameFrom()
    {
        broker.LowMarks[0] = 7;
        broker.Add(0, "a key", "{ rubbish \u00e9 \0", timestampMs: 1_234);

        OutputMessage letter = Refused();

        Assert.Equal("a key"u8, letter.Key!);
        Assert.Equal(broker.Logs[0][0].Value, letter.Value);
        Assert.Equal(1_234, letter.TimestampMs);
        Assert.Equal(-1, letter.Partition);
        Assert.Equal("not-json", letter.Header("forecaster_reason"));
        Assert.Equal("events", letter.Header("forecaster_topic"));
        Assert.Equal("0", letter.Header("forecaster_partition"));
        Assert.Equal("7", letter.Header("forecaster_offset"));
        Assert.Equal("1234", letter.Header("forecaster_timestamp"));
        Assert.Equal(
            broker.Logs[0][0].Value!.Length.ToString(CultureInfo.InvariantCulture), letter.Header("forecaster_size"));
    }

    [Fact]
    public void Publish_RecordWithHeaders_SendsThemAlong()
    {
        var headers = new MessageHeaders();
        headers.Add("traceparent"u8, "00-1"u8);
        headers.Add("forecaster_reason"u8, "of an earlier letter"u8);
        broker.Add(0, "a key", "rubbish", headers: headers);

        OutputMessage letter = Refused();

        Assert.Equal("00-1", letter.Header("traceparent"));
        Assert.Equal("not-json", letter.Header("forecaster_reason"));
        Assert.Equal("0", letter.Header("forecaster_headers_cut"));
        Assert.Equal(1, letter.Whole.Split("forecaster_reason").Length - 1);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "")]
    [InlineData("", null)]
    [InlineData("", "")]
    public void Publish_NullOrEmptyKeyAndValue_StayWhatTheyAre(string? key, string? value)
    {
        broker.Add(0, key, value);

        OutputMessage letter = Refused();

        Assert.Equal(broker.Logs[0][0].Key, letter.Key);
        Assert.Equal(broker.Logs[0][0].Value, letter.Value);
        Assert.Equal(0, letter.TimestampMs); // the record had none, and Kafka takes none below zero
    }

    [Fact]
    public void Publish_HugeRecord_IsCutAndItsSizeTold()
    {
        string key = new('k', DeadLetterHeaders.MaxKeyBytes + 10);
        string value = new('v', DeadLetterHeaders.MaxValueBytes + 1);
        broker.Add(0, key, value, timestampMs: 5);

        OutputMessage letter = Refused();

        Assert.Equal(Encoding.UTF8.GetBytes(key)[..DeadLetterHeaders.MaxKeyBytes], letter.Key);
        Assert.Equal(Encoding.UTF8.GetBytes(value)[..DeadLetterHeaders.MaxValueBytes], letter.Value);
        Assert.Equal((DeadLetterHeaders.MaxValueBytes + 1).ToString(CultureInfo.InvariantCulture),
            letter.Header("forecaster_size"));
    }

    private OutputMessage Refused()
    {
        using var pod = new Pod(broker, Pod.SmallOptions());
        pod.RunToEnd();
        return Assert.Single(broker.DeadLetters);
    }
}
