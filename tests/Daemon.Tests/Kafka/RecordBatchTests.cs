using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class RecordBatchTests
{
    [Fact]
    public void Add_RandomRecords_ReadsBackWhatWentIn()
    {
        var random = new Random(Seed: 17);
        var expected = new List<(int Partition, long Offset, long TimestampMs, byte[]? Key, byte[]? Value)>();
        var batch = new RecordBatch(1_000);

        for (int i = 0; i < batch.Capacity; i++)
        {
            byte[]? key = Bytes(random, 40), value = Bytes(random, 4_000);
            expected.Add((random.Next(8), i, random.NextInt64(), key, value));
            batch.Add(expected[i].Partition, i, expected[i].TimestampMs, key, value);
        }

        Assert.True(batch.IsFull);
        for (int i = 0; i < batch.Count; i++)
        {
            Assert.Equal(expected[i].Partition, batch.Partitions[i]);
            Assert.Equal(expected[i].Offset, batch.Offsets[i]);
            Assert.Equal(expected[i].TimestampMs, batch.TimestampsMs[i]);
            Assert.Equal(expected[i].Key is null, batch.IsKeyNull(i));
            Assert.Equal(expected[i].Value is null, batch.IsValueNull(i));
            Assert.Equal(expected[i].Key ?? [], batch.Key(i));
            Assert.Equal(expected[i].Value ?? [], batch.Value(i));
        }
    }

    [Fact]
    public void Add_PastCapacity_Throws()
    {
        var batch = new RecordBatch(1);
        batch.Add(0, 0, 0, "k"u8, "v"u8);

        Assert.Throws<InvalidOperationException>(() => batch.Add(0, 1, 0, "k"u8, "v"u8));
    }

    [Fact]
    public void IsFull_Limit_CountsUntilItIsRaised()
    {
        var batch = new RecordBatch(3) { Limit = 1 };

        batch.Add(0, 0, 0, "k"u8, "v"u8);
        bool before = batch.IsFull;
        batch.Limit = batch.Capacity;

        Assert.True(before);
        Assert.False(batch.IsFull);
    }

    [Fact]
    public void IsFull_ManyBytes_CountsThemWhateverTheRecords()
    {
        var batch = new RecordBatch(100);

        batch.Add(0, 0, 0, default, new byte[RecordBatch.FullBytes - 1]);
        bool before = batch.IsFull;
        batch.Add(0, 1, 0, default, new byte[1]);

        Assert.False(before);
        Assert.True(batch.IsFull);
    }

    [Fact]
    public void Drop_OnePartition_KeepsTheOthersInOrder()
    {
        var batch = new RecordBatch(6);
        for (byte i = 0; i < 6; i++)
        {
            batch.Add(i % 3, i, i, [i], [i, i]);
        }

        batch.Drop(1);

        Assert.Equal([0, 2, 0, 2], batch.Partitions.ToArray());
        Assert.Equal([0, 2, 3, 5], batch.Offsets.ToArray());
        Assert.Equal([3, 3], batch.Value(2).ToArray());
    }

    [Fact]
    public void Headers_AddedToSome_AreFoundWhereTheyWereAdded()
    {
        var headers = new MessageHeaders();
        headers.Add("a"u8, "first"u8);
        headers.Add("empty"u8, ""u8);
        headers.Add("a"u8, "last"u8);
        var batch = new RecordBatch(4);
        batch.Add(0, 0, 0, "k"u8, "v"u8);
        batch.Add(1, 0, 0, default, default, headers);
        batch.Add(0, 1, 0, "k"u8, "v"u8, headers);

        batch.Drop(1);

        Assert.True(batch.Headers(0).IsEmpty);
        Assert.False(batch.Headers(0).TryFind("a"u8, out _));
        Assert.True(batch.Headers(1).TryFind("a"u8, out ReadOnlySpan<byte> a));
        Assert.Equal("last"u8, a);
        Assert.True(batch.Headers(1).TryFind("empty"u8, out ReadOnlySpan<byte> empty));
        Assert.True(empty.IsEmpty);
        Assert.False(batch.Headers(1).TryFind("last"u8, out _));
        Assert.Equal("v"u8, batch.Value(1));
    }

    [Fact]
    public void Clear_FilledBefore_AllocatesNothingAgain()
    {
        var batch = new RecordBatch(64);
        byte[] value = new byte[10_000];
        var headers = new MessageHeaders();
        headers.Add("content-type"u8, "application/json"u8);

        long allocatedBytes = Allocation.Least(() =>
        {
            batch.Clear();
            Fill();
        });

        Assert.Equal(0, allocatedBytes);

        void Fill()
        {
            for (int i = 0; i < batch.Capacity; i++)
            {
                batch.Add(0, i, 0, "key"u8, value, headers);
            }
        }
    }

    /// <summary>Null, empty, or random bytes.</summary>
    private static byte[]? Bytes(Random random, int length)
    {
        if (random.Next(4) == 0)
        {
            return null;
        }

        byte[] bytes = new byte[random.Next(length)];
        random.NextBytes(bytes);
        return bytes;
    }
}
