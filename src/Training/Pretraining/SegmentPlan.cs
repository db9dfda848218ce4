using Streaming.Training.FineTuning;
using Streaming.Training.Samples;

namespace Streaming.Training.Pretraining;

/// <summary>Which parts of which series train together in each epoch, and which validate.</summary>
/// <remarks>
/// A series is cut into contiguous segments from a random phase on. A segment's first chunk only warms up its state and
/// overlaps the segment before, so that an epoch scores each step once; the series' first two chunks are visited on
/// their own, from their true zero state. A function of series, options and epoch alone.
/// </remarks>
internal sealed class SegmentPlan
{
    private readonly IReadOnlyList<EncodedWindow> windows;
    private readonly TrainerOptions options;

    public SegmentPlan(IReadOnlyList<EncodedWindow> windows, TrainerOptions options)
    {
        this.windows = windows;
        this.options = options;
        Validation = [.. windows
            .Select(ValidationOf).Where(part => part.ScoredFrom < part.End).OrderByDescending(part => part.Steps)];
        PlannedUpdates = Math.Max(1, options.Epochs * BatchesOf(0).Sum(UpdatesOf));
    }

    /// <summary>What is judged after each epoch, longest first.</summary>
    public WindowPart[] Validation { get; }

    /// <summary>Updates of all epochs, each taken to have as many as the first.</summary>
    public int PlannedUpdates { get; }

    /// <summary>The batches of an epoch, each with its longest part first.</summary>
    public WindowPart[][] BatchesOf(int epoch)
    {
        var keyed = new List<(ulong Key, WindowPart Part)>();
        foreach (EncodedWindow window in windows)
        {
            ulong key = SeededOrder.KeyOf(window.Series, options.Seed, epoch);
            foreach (WindowPart part in PartsOf(window, (int)(key % (ulong)options.ChunkSteps)))
            {
                key = SeededOrder.KeyOf(key, options.Seed, epoch);
                keyed.Add((key, part));
            }
        }

        IEnumerable<WindowPart> shuffled = keyed.OrderBy(entry => entry.Key).Select(entry => entry.Part);
        return BatchSequence.Cut([.. shuffled], options.BatchWindows);
    }

    private int TrainingEnd(EncodedWindow window) => (int)(window.Steps * (1 - options.ValidationShare));

    private WindowPart ValidationOf(EncodedWindow window)
    {
        int from = TrainingEnd(window);
        return new(window, Math.Max(0, from - options.BurnInSteps), window.Steps, from, int.MaxValue);
    }

    private IEnumerable<WindowPart> PartsOf(EncodedWindow window, int phase)
    {
        int end = TrainingEnd(window), chunk = options.ChunkSteps, scored = options.SegmentChunks * chunk;
        for (int visit = 0; visit < options.StartVisits && end > 0; visit++)
        {
            yield return new(window, 0, Math.Min(end, 2 * chunk), 0, end);
        }

        for (int start = phase; start + chunk < end; start += scored)
        {
            yield return new(window, start, Math.Min(end, start + chunk + scored), start + chunk, end);
        }
    }

    /// <summary>Chunks of a batch in which any part is scored.</summary>
    private int UpdatesOf(WindowPart[] batch)
    {
        int chunks = (batch[0].Steps + options.ChunkSteps - 1) / options.ChunkSteps;
        return Array.Exists(batch, part => part.ScoredFrom == part.Start) ? chunks : chunks - 1;
    }
}
