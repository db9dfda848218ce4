using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class Murmur2Tests
{
    /// <summary>Source: org.apache.kafka.common.utils.UtilsTest.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Hash_OfJavasTests_IsJavas(string text, int hash) =>
        Assert.Equal(hash, (int)Murmur2.Hash(Encoding.UTF8.GetBytes(text)));

    /// <summary>Other producers put a key where we do: -1 leaves the choice to librdkafka's own partitioner.</summary>
    [Fact]
    public void PartitionOf_AnyKey_IsThatOfLibrdkafka()
    {
        using var bed = new PortBed(partitions: 7);
        KafkaPort port = bed.Port();
        byte[][] keys = [.. Enumerable.Range(0, 200).Select(i => Encoding.UTF8.GetBytes(new string('ä', i % 5) + i))];
        foreach (byte[] key in keys)
        {
            PortBed.Produce(port, PortBed.Input, -1, key, "v"u8.ToArray());
        }

        port.Flush(PortBed.Patience);
        var listener = new RecordingListener { StartOf = _ => StartOffset.Beginning };
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(1_024);
        int seen = 0;
        PortBed.Until(() => seen == keys.Length, () =>
        {
            port.Poll(batch, TimeSpan.FromMilliseconds(20));
            for (int i = 0; i < batch.Count; i++, seen++)
            {
                Assert.Equal(Murmur2.PartitionOf(batch.Key(i), 7), batch.Partitions[i]);
            }
        });
    }
}
