using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>The list of all series of this process: a snapshot of some seconds ago, made anew when somebody asks and it is
/// old.</summary>
/// <remarks>Lanes give it a small share of their time, so with 100,000 series it takes them a second or so; whoever asks
/// meanwhile gets the one before, unless that is older than <see cref="MostAge"/>. Memory: about 100 bytes a series while
/// there is one. Thread-safe.</remarks>
internal sealed class SeriesIndex
{
    /// <summary>Age up to which a snapshot is as good as new.</summary>
    public static readonly TimeSpan FreshAge = TimeSpan.FromSeconds(5);

    /// <summary>Age from which none is shown: its successor is waited for.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    private readonly LaneDirectory lanes;
    private readonly TimeProvider clock;
    private readonly SharedAnswer<SeriesSnapshot> snapshots;
    private SeriesSnapshot? last; // one is made at a time

    public SeriesIndex(LaneDirectory lanes, TimeProvider clock)
    {
        (this.lanes, this.clock) = (lanes, clock);
        snapshots = new(MakeAsync, FreshAge, MostAge, clock);
    }

    /// <summary>The snapshot to go by.</summary>
    /// <param name="asker">Ends the waiting, not the making.</param>
    /// <exception cref="LaneBusyException">A lane does not answer.</exception>
    public Task<SeriesSnapshot> GetAsync(CancellationToken asker) => snapshots.GetAsync(asker);

    private async Task<SeriesSnapshot> MakeAsync()
    {
        DateTimeOffset time = clock.GetUtcNow();
        IReadOnlyList<SeriesRank[]>[] ranks =
            await lanes.AskAllAsync(_ => new RankingQuestion(), MostAge, CancellationToken.None);
        var next = new SeriesSnapshot(time, [.. ranks.SelectMany(ofLane => ofLane).SelectMany(piece => piece)]);
        next.PrepareAs(last);
        return last = next;
    }
}
