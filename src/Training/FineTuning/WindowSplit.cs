using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Cuts a window into burn-in, training steps and a held-out tail.</summary>
/// <remarks>
/// The first chunk is burn-in. Of the rest, the newest share is held out: training runs over no step of it and uses
/// no label that comes from it, whatever the horizon.
/// </remarks>
internal readonly record struct WindowSplit(int ChunkSteps, double HeldOutShare)
{
    /// <summary>Whether a window is long enough: two chunks.</summary>
    public bool Fits(EncodedWindow window) => window.Steps >= 2 * ChunkSteps;

    /// <summary>First held-out step.</summary>
    public int TailStart(EncodedWindow window) =>
        ChunkSteps + (int)((window.Steps - ChunkSteps) * (1 - HeldOutShare));

    /// <summary>
    /// What training runs over. The random key moves the start by up to a chunk where the window is long enough, so
    /// that chunks are not always cut at the same steps.
    /// </summary>
    public WindowPart Training(EncodedWindow window, ulong key)
    {
        int end = TailStart(window);
        int start = (int)(key % (ulong)(Math.Clamp(end - (2 * ChunkSteps), 0, ChunkSteps - 1) + 1));
        return new(window, start, end, start + ChunkSteps, end);
    }

    /// <summary>What judging runs over: the whole window, scored in its tail.</summary>
    public WindowPart Judging(EncodedWindow window) =>
        new(window, 0, window.Steps, TailStart(window), int.MaxValue);
}
