namespace Streaming.Daemon.Tuning;

/// <summary>The last training runs, for those who ask. Thread-safe.</summary>
/// <remarks>Bounded: the oldest goes when there are <see cref="Capacity"/>.</remarks>
internal sealed class RunLog
{
    public const int Capacity = 16;

    /// <summary>Losses kept of a run; of more, evenly spaced ones.</summary>
    public const int MostLosses = 256;

    private readonly Lock gate = new();
    private readonly Queue<TuningRunReport> runs = new(Capacity);

    /// <summary>Adds one.</summary>
    public void Add(TuningRunReport run)
    {
        int every = (run.Losses.Count + MostLosses - 1) / MostLosses;
        run = every <= 1 ? run : run with { Losses = [.. run.Losses.Where((_, at) => at % every == 0)] };
        lock (gate)
        {
            if (runs.Count == Capacity)
            {
                runs.Dequeue();
            }

            runs.Enqueue(run);
        }
    }

    /// <summary>A copy of all that are kept, newest first.</summary>
    public IReadOnlyList<TuningRunReport> Recent()
    {
        lock (gate)
        {
            return [.. runs.Reverse()];
        }
    }
}
