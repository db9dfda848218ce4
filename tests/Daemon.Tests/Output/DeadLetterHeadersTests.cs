using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Tests.Output;

public class DeadLetterHeadersTests
{
    private readonly DeadLetterHeaders _letters = new("events");
    private readonly MessageHeaders _headers = new();

    [Fact]
    public void Fill_RefusedRecord_SaysWhyAndWhereFromAndKeepsItsHeaders()
    {
        var batch = new RecordBatch(1);
        var own = new MessageHeaders();
        own.Add("trace"u8, "00-1"u8);
        own.Add("forecaster_reason"u8, "of an earlier letter"u8);
        own.Add("trace"u8, ""u8);
        batch.Add(3, 42, 0, default, default, own, headersLeftOut: 5);

        _letters.Fill(
            _headers, RejectReason.EmptyKey, 3, 42, 1_700_000_000_000, 1_048_576, batch.Headers(0),
            batch.HeadersCut(0));

        Assert.Equal(
            [
                ("forecaster_reason", "empty-key"),
                ("forecaster_detail", RejectReason.EmptyKey.Detail()),
                ("forecaster_topic", "events"),
                ("forecaster_partition", "3"),
                ("forecaster_offset", "42"),
                ("forecaster_timestamp", "1700000000000"),
                ("forecaster_size", "1048576"),
                ("forecaster_headers_cut", "5"),
                ("trace", "00-1"),
                ("trace", ""),
            ],
            _headers.Pairs());
    }

    [Fact]
    public void Fill_Warm_AllocatesNothing()
    {
        long allocatedBytes = Allocation.Least(() =>
            _letters.Fill(_headers, RejectReason.NotJson, 3, long.MaxValue, long.MinValue, int.MaxValue, default, 0));

        Assert.Equal(0, allocatedBytes);
    }
}
