namespace Streaming.Daemon.Serving.Api;

/// <summary>An answer that all who ask share while it is new: however many ask, it is made once at a time, and only when
/// somebody does. Thread-safe.</summary>
/// <param name="make">Makes one. What it throws goes to those who wait for it; the next who asks tries again.</param>
/// <param name="fresh">Age, since its making began, up to which an answer is as good as new.</param>
/// <param name="most">Age up to which it is given while its successor is made; past that, that one is waited for.</param>
/// <param name="clock">Tells its age.</param>
internal sealed class SharedAnswer<T>(Func<Task<T>> make, TimeSpan fresh, TimeSpan most, TimeProvider clock)
    where T : class
{
    private readonly Lock gate = new();
    private volatile Made? last;
    private Task<T>? making;

    /// <summary>The answer to go by.</summary>
    /// <param name="asker">Ends the waiting, not the making.</param>
    public async Task<T> GetAsync(CancellationToken asker)
    {
        Made? known = last;
        TimeSpan age = AgeOf(known);
        if (age <= fresh)
        {
            return known!.Answer;
        }

        Task<T> next = Renew();
        return age > most ? await next.WaitAsync(asker) : known!.Answer;
    }

    private TimeSpan AgeOf(Made? made) => made is null ? TimeSpan.MaxValue : clock.GetElapsedTime(made.Timestamp);

    private Task<T> Renew()
    {
        lock (gate)
        {
            if (AgeOf(last) <= fresh)
            {
                return Task.FromResult(last!.Answer); // made since it was looked at
            }

            if (making is null or { IsCompleted: true })
            {
                making = MakeAsync();
                making.ContinueWith(
                    failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default); // whoever waits is told; nobody may be waiting
            }

            return making;
        }
    }

    private async Task<T> MakeAsync()
    {
        long timestamp = clock.GetTimestamp();
        T answer = await make();
        last = new(timestamp, answer);
        return answer;
    }

    private sealed record Made(long Timestamp, T Answer);
}
