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

    private void BeginEpoch()
    {
        EncodedWindow[] windows = [.. buffer.InOrder(seed, epoch).Where(split.Fits)];
        Skipped = buffer.Count - windows.Length;
        if (windows.Length == 0)
        {
            return;
        }

        int count = ((windows.Length - 1) / batchWindows) + 1;
        for (int n = 0; n < count; n++)
        {
            Range range = ((int)((long)windows.Length * n / count))..(int)((long)windows.Length * (n + 1) / count);
            IEnumerable<WindowPart> parts = windows[range].Select(
                window => split.Training(window, SeededOrder.KeyOf(window.Series, ~seed, epoch)));
            batches.Enqueue([.. parts.OrderByDescending(part => part.Steps)]);
        }

        epoch++;
    }
}
