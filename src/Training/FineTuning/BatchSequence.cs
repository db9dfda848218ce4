using System.Diagnostics.CodeAnalysis;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Which windows train together, epoch after epoch, each window once an epoch.</summary>
/// <remarks>
/// An epoch's windows are cut into batches of nearly equal size, so that no update rests on a stray few.
/// </remarks>
internal sealed class BatchSequence(ReplayBuffer buffer, WindowSplit split, int batchWindows, int seed)
{
    private readonly Queue<WindowPart[]> batches = [];
    private int epoch;

    /// <summary>Windows passed over as too short when the current epoch began.</summary>
    public int Skipped { get; private set; }

    /// <summary>
    /// The next batch, its longest part first; starts an epoch over the buffer's windows where one ends.
    /// </summary>
    public bool TryNext([NotNullWhen(true)] out WindowPart[]? batch)
    {
        if (batches.Count == 0)
        {
            BeginEpoch();
        }

        return batches.TryDequeue(out batch);
    }

    /// <summary>Forgets the rest of the epoch.</summary>
    public void Clear() => batches.Clear();

    /// <summary>Cuts parts in their order into batches of nearly equal size, each then longest part first.</summary>
    public static WindowPart[][] Cut(WindowPart[] parts, int batchWindows)
    {
        var cut = new WindowPart[(parts.Length + batchWindows - 1) / batchWindows][];
        for (int n = 0; n < cut.Length; n++)
        {
            int first = (int)((long)parts.Length * n / cut.Length);
            int end = (int)((long)parts.Length * (n + 1) / cut.Length);
            cut[n] = [.. parts[first..end].OrderByDescending(part => part.Steps)];
        }

        return cut;
    }

    private void BeginEpoch()
    {
        EncodedWindow[] windows = [.. buffer.InOrder(seed, epoch).Where(split.Fits)];
        Skipped = buffer.Count - windows.Length;
        if (windows.Length == 0)
        {
            return;
        }

        WindowPart[] parts = [.. windows.Select(
            window => split.Training(window, SeededOrder.KeyOf(window.Series, ~seed, epoch)))];
        foreach (WindowPart[] next in Cut(parts, batchWindows))
        {
            batches.Enqueue(next);
        }

        epoch++;
    }
}
