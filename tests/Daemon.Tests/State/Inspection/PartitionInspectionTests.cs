using System.Text;
using Streaming.Daemon.State;
using Streaming.Daemon.State.Inspection;

namespace Daemon.Tests.State.Inspection;

/// <summary>An inspection finds what a restore finds, and refuses nothing.</summary>
public sealed class PartitionInspectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Take_RecordsWithAnyByteFlipped_FindsWhatARestoreFinds(int seed)
    {
        var random = new Random(seed);
        LogEntry[][] log = StreamLog.Create(random, 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);
        foreach ((byte[] key, byte[] value) in stored.Where(r => r.Key[0] == (byte)StateKind.Unit && r.Value.Length > 0))
        {
            value[random.Next(value.Length)] ^= (byte)(random.Next(3) == 0 ? 1 << random.Next(8) : 0);
        }

        RestoredState restored = new LogTask(log, stored).Restored!;
        PartitionInspection found = Inspect(stored);

        Assert.Equal(restored.Marker.Committed, found.Marker!.Committed);
        Assert.Equal(restored.Marker.LowWater.Offset, found.Marker.LowWater.Offset);
        Assert.Equal(restored.Damaged, found.Damaged.Count());
        Assert.Equal(restored.Lives.Count, found.Lives);
        Assert.Equal(new LogTask(log, stored).SeriesCount, found.Units.Count);
        Assert.Null(found.Obstacle);
    }

    [Fact]
    public void Take_ADamagedSeries_IsNamedWithItsOffset()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 1), 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);
        int unit = stored.FindIndex(record => record.Key[0] == (byte)StateKind.Unit && record.Value.Length > 0);
        stored[unit].Value[40] ^= 1;

        DamagedRecord damaged = Assert.Single(Inspect(stored).Damaged);

        Assert.Equal(
            (Encoding.UTF8.GetString(stored[unit].Key.AsSpan(1)), unit, StateDamage.Checksum),
            (Encoding.UTF8.GetString(damaged.Id), damaged.Offset, damaged.Damage));
    }

    [Fact]
    public void Take_ASeries_TellsHowFarItIs()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 2), 300);

        PartitionInspection found = Inspect(Stored(log));

        Assert.All(found.Units.Values, unit => Assert.InRange(unit.AsOf, unit.Born, found.Marker!.Committed));
        Assert.Contains(found.Units.Values, unit => unit.Progress!.Value.Steps > 0 && unit.TimeTicks > 0);
    }

    [Fact]
    public void Obstacle_WhatARestoreRefuses_SaysTheSame()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 3), 100);
        List<(byte[] Key, byte[] Value)> stored = Stored(log), foreign = [("customer-7"u8.ToArray(), [1])];
        StateOwner owner = LogTask.Owner;

        Assert.Equal(
            Assert.Throws<StateRefusedException>(() => new LogTask([], foreign)).Message, Inspect(foreign).Obstacle);
        Assert.Equal(
            Assert.Throws<StateRefusedException>(() => new LogTask(log, stored, structure: 99)).Message,
            Inspect(stored, owner with { Era = owner.Era with { Structure = 99 } }).Obstacle);
        Assert.Contains("'app'", Inspect(stored, owner with { Application = "other" }).Obstacle, StringComparison.Ordinal);
        Assert.True(Inspect(stored, owner with { Era = owner.Era with { Revision = owner.Era.Revision + 1 } }).IsOfAnotherEra);
    }

    [Fact]
    public void Take_Tombstones_LeaveNothing()
    {
        List<(byte[] Key, byte[] Value)> stored = Stored(StreamLog.Create(new Random(Seed: 4), 100));

        PartitionInspection found = Inspect([.. stored, .. stored.Select(record => (record.Key, Array.Empty<byte>()))]);

        Assert.Null(found.Marker);
        Assert.Empty(found.Units);
        Assert.Equal(0, found.Lives);
        Assert.Equal(2 * stored.Count, found.Records);
    }

    private static PartitionInspection Inspect(List<(byte[] Key, byte[] Value)> stored, StateOwner? owner = null)
    {
        var inspection = new PartitionInspection(0, owner ?? LogTask.Owner, LogTask.NewProbe());
        for (int i = 0; i < stored.Count; i++)
        {
            inspection.Take(i, stored[i].Key, stored[i].Value);
        }

        return inspection;
    }

    private static List<(byte[] Key, byte[] Value)> Stored(LogEntry[][] log)
    {
        var task = new LogTask(log, []);
        while (task.Next < log.Length / 2)
        {
            task.TakeNext();
        }

        return task.Commit(nowMs: 1, intervalMs: 0, long.MaxValue / 2);
    }
}
