using System.Buffers.Binary;
using System.Text;
using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class KafkaPortTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Poll_NullEmptyBinaryAndLargeBytes_ArriveAsSent()
    {
        using var bed = new PortBed(partitions: 2);
        byte[] large = new byte[1_000_000];
        new Random(Seed: 17).NextBytes(large);
        (byte[]? Key, byte[]? Value)[] sent =
        [
            (null, null), ([], []), (null, [1]), ([0, 255, 10], [0, 0, 128]), ([7], large), (large, [7]),
        ];
        using KafkaPort port = bed.Port();
        foreach ((byte[]? key, byte[]? value) in sent)
        {
            PortBed.Produce(port, PortBed.Input, 1, key, value);
        }

        Assert.True(port.Flush(PortBed.Patience));
        port.Subscribe(PortBed.Input, new RecordingListener());
        var got = new List<(byte[]? Key, byte[]? Value)>();
        var batch = new RecordBatch(100);
        PortBed.Until(() => got.Count >= sent.Length, () =>
        {
            port.Poll(batch, Wait);
            for (int i = 0; i < batch.Count; i++)
            {
                Assert.Equal(1, batch.Partitions[i]);
                Assert.Equal(got.Count, batch.Offsets[i]);
                Assert.Equal(1_000, batch.TimestampsMs[i]);
                got.Add((
                    batch.IsKeyNull(i) ? null : batch.Key(i).ToArray(),
                    batch.IsValueNull(i) ? null : batch.Value(i).ToArray()));
            }
        });

        Assert.Equal(sent, got, (a, b) => Same(a.Key, b.Key) && Same(a.Value, b.Value));
    }

    [Fact]
    public void TryProduce_Headers_AreReadByAnotherClient()
    {
        using var bed = new PortBed(partitions: 1);
        using KafkaPort port = bed.Port();
        var headers = new MessageHeaders();
        for (int i = 0; i < 12; i++)
        {
            headers.Clear();
            headers.Add("id"u8, [(byte)i]);
            headers.Add("empty"u8, ""u8);
            headers.Add("größe"u8, new byte[400]);
            Assert.True(port.TryProduce(port.Target("out"), -1, "k"u8, "v"u8, headers, 5));
        }

        Assert.True(port.Flush(PortBed.Patience));
        using IConsumer<byte[], byte[]> reader = Reader(bed, "out");

        for (int i = 0; i < 12; i++)
        {
            ConsumeResult<byte[], byte[]> result = reader.Consume(PortBed.Patience);
            Assert.Equal(["id", "empty", "größe"], result.Message.Headers.Select(header => header.Key));
            Assert.Equal([(byte)i], result.Message.Headers[0].GetValueBytes());
            Assert.Equal([], result.Message.Headers[1].GetValueBytes());
            Assert.Equal(new byte[400], result.Message.Headers[2].GetValueBytes());
            Assert.Equal(5, result.Message.Timestamp.UnixTimestampMs);
        }
    }

    [Fact]
    public void Poll_Headers_KeepsThoseThatDecodersAskForAndOthersWhileThereIsRoom()
    {
        using var bed = new PortBed(partitions: 1);
        using KafkaPort port = bed.Port();
        var headers = new MessageHeaders();
        headers.Add("traceparent"u8, "00-1"u8);
        headers.Add("most"u8, new byte[HeaderReader.MaxBytes - 1_000]);
        headers.Add("too-much"u8, new byte[1_000]);
        headers.Add("content-type"u8, "application/json"u8);
        headers.Add("ce_long"u8, new byte[HeaderReader.MaxWantedBytes + 1]);
        headers.Add("ce_longest"u8, new byte[HeaderReader.MaxWantedBytes]);
        for (int i = 0; i < HeaderReader.MaxWanted; i++)
        {
            headers.Add(Encoding.UTF8.GetBytes($"ce_{i}"), "x"u8);
        }

        headers.Add("small"u8, ""u8);

        Assert.True(port.TryProduce(port.Target(PortBed.Input), 0, "k"u8, "v"u8, headers, 5));
        Assert.True(port.TryProduce(port.Target(PortBed.Input), 0, "k"u8, "v"u8, null, 5));
        Assert.True(port.Flush(PortBed.Patience));
        port.Subscribe(PortBed.Input, new RecordingListener());
        var batch = new RecordBatch(100);
        var kept = new List<string>();
        int records = 0, cut = 0;
        PortBed.Until(() => records == 2, () =>
        {
            port.Poll(batch, Wait);
            for (int i = 0; i < batch.Count; i++)
            {
                string[] names =
                [
                    "traceparent", "most", "too-much", "content-type", "ce_long", "ce_longest", "ce_29", "ce_30", "small",
                ];
                cut += batch.HeadersCut(i);
                kept.AddRange(names.Where(name => batch.Headers(i).TryFind(Encoding.UTF8.GetBytes(name), out _)));
                records++;
            }
        });

        Assert.Equal(["traceparent", "most", "content-type", "ce_longest", "ce_29"], kept);
        Assert.Equal(5, cut); // too-much, ce_long, ce_30, ce_31 and small
    }

    /// <summary>Partitions of murmur2 as the Java producer computes them, for 4 partitions.</summary>
    [Fact]
    public void TryProduce_PartitionByKey_AgreesWithJava()
    {
        using var bed = new PortBed(partitions: 1);
        bed.Cluster.CreateTopic("out", 4);
        using KafkaPort port = bed.Port();
        string[] keys = ["21", "foobar", "a-little-bit-long-string", "abc", ""];
        int[] murmur2 = [-973932308, -790332482, -985981536, 479470107, 275646681];

        foreach (string key in keys)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(key);
            Assert.True(port.TryProduce(port.Target("out"), -1, bytes, "v"u8, null, 1));
        }

        Assert.True(port.Flush(PortBed.Patience));
        using IConsumer<byte[], byte[]> reader = Reader(bed, "out");
        for (int i = 0; i < keys.Length; i++)
        {
            ConsumeResult<byte[], byte[]> result = reader.Consume(PortBed.Patience);
            string key = System.Text.Encoding.UTF8.GetString(result.Message.Key);
            int hash = murmur2[Array.IndexOf(keys, key)];
            Assert.Equal((hash & 0x7fffffff) % 4, result.Partition.Value);
        }
    }

    [Fact]
    public void Poll_SmallBatch_IsBoundedAndKeepsOrder()
    {
        using var bed = new PortBed(partitions: 3);
        using KafkaPort port = bed.Port();
        ProduceNumbers(port, partitions: 3, each: 100);
        port.Subscribe(PortBed.Input, new RecordingListener());
        var batch = new RecordBatch(7);
        var next = new int[3];

        PortBed.Until(() => next.Sum() == 300, () =>
        {
            port.Poll(batch, Wait);
            Assert.InRange(batch.Count, 0, 7);
            for (int i = 0; i < batch.Count; i++)
            {
                Assert.Equal(next[batch.Partitions[i]]++, BinaryPrimitives.ReadInt32LittleEndian(batch.Value(i)));
            }
        });
    }

    [Fact]
    public void Flush_True_MeansAllIsReadable()
    {
        using var bed = new PortBed(partitions: 4);
        using KafkaPort port = bed.Port();
        port.Subscribe(PortBed.Input, new RecordingListener());

        ProduceNumbers(port, partitions: 4, each: 5_000);

        Assert.All(Enumerable.Range(0, 4), p => Assert.Equal((0, 5_000), port.Watermarks(p, PortBed.Patience)));
    }

    [Fact]
    public void Commit_ThenAnotherPort_StartsThere()
    {
        using var bed = new PortBed(partitions: 2);
        KafkaPort first = bed.Port();
        ProduceNumbers(first, partitions: 2, each: 10);
        var listener = new RecordingListener();
        first.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(100);
        PortBed.Until(() => listener.Held.Count == 2, () => first.Poll(batch, Wait));
        Assert.Equal([null, null], first.Committed([0, 1], PortBed.Patience));

        first.Commit([new(0, 4, BegunWith: 2), new(1, 10)]);
        first.Close();
        using KafkaPort second = bed.Port();
        second.Subscribe(PortBed.Input, new RecordingListener());
        var got = new List<long>();
        PortBed.Until(() => got.Count >= 6, () => Collect(second, batch, got));

        Assert.Equal([4L, 5, 6, 7, 8, 9], got);
        Assert.Equal(
            [new PartitionOffset(1, 10), new PartitionOffset(0, 4, BegunWith: 2)],
            second.Committed([1, 0], PortBed.Patience));
    }

    [Fact]
    public void Poll_LogReadToItsEnd_SaysSoOnce()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        ProduceNumbers(port, partitions: 1, each: 10);
        port.Subscribe(PortBed.Input, new RecordingListener());
        var batch = new RecordBatch(100);
        var seen = new List<(long Records, PartitionOffset End)>();
        int records = 0;

        PortBed.Until(() => seen.Count > 0, PollOnce);
        for (int i = 0; i < 20; i++)
        {
            PollOnce();
        }

        Assert.Equal((10L, new PartitionOffset(0, 10)), Assert.Single(seen));
        Assert.Null(port.Trouble);

        void PollOnce()
        {
            port.Poll(batch, Wait);
            records += batch.Count;
            seen.AddRange(batch.Ends.Select(last => ((long)records, last)));
        }
    }

    [Fact]
    public void OffsetAt_NoRecordThatYoung_IsNull()
    {
        using var bed = new PortBed(partitions: 1);
        KafkaPort port = bed.Port();
        ProduceNumbers(port, partitions: 1, each: 10);
        port.Subscribe(PortBed.Input, new RecordingListener());

        // The embedded cluster knows no record's time and answers as if all were older.
        Assert.Null(port.OffsetAt(0, timestampMs: 1, PortBed.Patience));
    }

    [Fact]
    public void Assigned_StartAndPause_AreHonoured()
    {
        using var bed = new PortBed(partitions: 2);
        using KafkaPort port = bed.Port();
        ProduceNumbers(port, partitions: 2, each: 10);
        var listener = new RecordingListener { StartOf = partition => partition == 0 ? 7 : StartOffset.Beginning };
        listener.OnAssigned = _ => port.Pause(1);
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(100);
        var got = new List<long>();

        PortBed.Until(() => got.Count >= 3, () => Collect(port, batch, got));
        Collect(port, batch, got);
        Assert.Equal([7L, 8, 9], got);

        port.Resume(1);
        got.Clear();
        PortBed.Until(() => got.Count >= 10, () => Collect(port, batch, got));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), got);

        port.Seek(0, 9);
        got.Clear();
        PortBed.Until(() => got.Count >= 1, () => Collect(port, batch, got));
        Assert.Equal([9L], got);
    }

    [Fact]
    public void Poll_ListenerThrows_ComesOutAndThePortGoesOn()
    {
        using var bed = new PortBed(partitions: 1);
        using KafkaPort port = bed.Port();
        ProduceNumbers(port, partitions: 1, each: 3);
        bool thrown = false;
        var listener = new RecordingListener { OnAssigned = _ => throw new InvalidDataException("planned") };
        port.Subscribe(PortBed.Input, listener);
        var batch = new RecordBatch(100);
        var got = new List<long>();

        PortBed.Until(() => got.Count == 3, () =>
        {
            try
            {
                Collect(port, batch, got);
            }
            catch (InvalidDataException)
            {
                thrown = true;
            }
        });

        Assert.True(thrown);
    }

    [Fact]
    public void PollAndTryProduce_SteadyState_AllocateNothing()
    {
        using var bed = new PortBed(partitions: 1);
        using KafkaPort port = bed.Port();
        port.Subscribe(PortBed.Input, new RecordingListener());
        ProduceTarget target = port.Target("out");
        var headers = new MessageHeaders();
        var batch = new RecordBatch(100);
        long allocated = long.MaxValue;
        ProduceNumbers(port, partitions: 1, each: 2_000);

        // The least of some rounds, as in Allocation.Least; each has records of its own.
        for (int round = 0; round < 5; round++)
        {
            PortBed.Until(() => batch.Count > 0, () => port.Poll(batch, Wait));
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < batch.Count; i++)
            {
                headers.Clear();
                headers.Add("name"u8, batch.Value(i));
                Assert.True(port.TryProduce(target, 0, batch.Key(i), batch.Value(i), headers, 1));
            }

            port.Poll(batch, TimeSpan.Zero);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated);
    }

    private static void ProduceNumbers(KafkaPort port, int partitions, int each)
    {
        byte[] value = new byte[4];
        for (int i = 0; i < each; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(value, i);
            for (int partition = 0; partition < partitions; partition++)
            {
                PortBed.Produce(port, PortBed.Input, partition, null, value);
            }
        }

        Assert.True(port.Flush(PortBed.Patience));
    }

    private static void Collect(KafkaPort port, RecordBatch batch, List<long> offsets)
    {
        port.Poll(batch, Wait);
        offsets.AddRange(batch.Offsets);
    }

    private static IConsumer<byte[], byte[]> Reader(PortBed bed, string topic)
    {
        IConsumer<byte[], byte[]> reader = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bed.Cluster.BootstrapServers,
            GroupId = "reader",
            FetchWaitMaxMs = 10,
        }).SetLogHandler((_, _) => { }).Build();
        reader.Assign(Enumerable.Range(0, 4).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        return reader;
    }

    private static bool Same(byte[]? a, byte[]? b) => a is null ? b is null : b is not null && a.AsSpan().SequenceEqual(b);
}
