using Microsoft.Extensions.Time.Testing;
using Prometheus;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

public sealed class RestoreWatchTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Histogram duration =
        Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()).CreateHistogram("d", "d");

    [Fact]
    public void Look_OpeningReplayingLive_IsOneObservationOfTheWholeTime()
    {
        var watch = new RestoreWatch(duration, clock);
        var task = new PlaceTask(3) { IsReplaying = true };

        watch.Look([], [3]);
        clock.Advance(TimeSpan.FromSeconds(2));
        watch.Look([task], []);
        clock.Advance(TimeSpan.FromSeconds(5));
        task.IsReplaying = false;
        watch.Look([task], []);
        watch.Look([task], []);

        Assert.Equal((1, 7), (duration.Count, duration.Sum));
    }

    [Fact]
    public void Look_LeavesBeforeItIsLive_IsForgotten()
    {
        var watch = new RestoreWatch(duration, clock);
        var task = new PlaceTask(3);

        watch.Look([], [3]);
        watch.Look([], []);
        watch.Look([task], []);

        Assert.Equal(0, duration.Count);
    }

    private sealed class PlaceTask(int partition) : IPartitionTask
    {
        public int Partition => partition;

        public bool IsReplaying { get; set; }

        public StartPlace Place => default;

        public PartitionOffset NextCommit => default;

        public long NextOffset => 0;

        public Reading Reading { get; } = Clean();

        public long CommitOffset => 0;

        public long CommittedOffset => 0;

        public bool IsDirty => false;

        public bool HasToStore(long nowMs, bool isDraining) => false;

        public void Done(long offset) => throw new NotSupportedException();

        public void Store(StoreTurn turn) => throw new NotSupportedException();

        public void Mark() => throw new NotSupportedException();

        public void Committed(PartitionOffset place) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private static Reading Clean()
        {
            var skips = new SkippedOffsets([], "t", 0, null, 0);
            return new(Probation.Of(null, 0, 0, "1", "p", skips), skips, 0);
        }
    }
}
