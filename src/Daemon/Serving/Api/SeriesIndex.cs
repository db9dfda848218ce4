using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>The list of all series of this process: a snapshot of some seconds ago, made anew when somebody asks and it is
/// old.</summary>
/// <remarks>Lanes give it a small share of their time, so with 100,000 series it takes them a second or so; whoever asks
/// meanwhile gets the one before, unless that is older than <see cref="MostAge"/>. Memory: about 100 bytes a series while
/// there is one. Thread-safe.</remarks>
internal sealed class SeriesIndex(LaneDirectory lanes, TimeProvider clock)
{
    /// <summary>Age up to which a snapshot is as good as new.</summary>
    public static readonly TimeSpan FreshAge = TimeSpan.FromSeconds(5);

    /// <summary>Age from which none is shown: its successor is waited for.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private volatile SeriesSnapshot? last;
    private Task<SeriesSnapshot>? making;

    /// <summary>The snapshot to go by.</summary>
    /// <param name="asker">Ends the waiting, not the making.</param>
    /// <exception cref="LaneBusyException">A lane does not answer.</exception>
    public async Task<SeriesSnapshot> GetAsync(CancellationToken asker)
    {
        SeriesSnapshot? known = last;
        TimeSpan age = known is null ? TimeSpan.MaxValue : clock.GetElapsedTime(known.Timestamp);
        if (known is not null && age <= FreshAge)
        {
            return known;
        }

        Task<SeriesSnapshot> next = Renew();
        return known is null || age > MostAge ? await next.WaitAsync(asker) : known;
    }

    private Task<SeriesSnapshot> Renew()
    {
        lock (gate)
        {
            if (making is null or { IsCompleted: true })
            {
                making = MakeAsync();
                making.ContinueWith(
                    failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default); // the next one who asks tries again
            }

            return making;
        }
    }

    private async Task<SeriesSnapshot> MakeAsync()
    {
        long timestamp = clock.GetTimestamp();
        DateTimeOffset time = clock.GetUtcNow();
        List<SeriesRank>[] ranks = await lanes.AskAllAsync(_ => new RankingQuestion(), MostAge, CancellationToken.None);
        return last = new(timestamp, time, [.. ranks.SelectMany(ofLane => ofLane)]);
    }
}
