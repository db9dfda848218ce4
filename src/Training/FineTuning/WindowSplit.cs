using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Picks the stretch of a window that an epoch trains on: a chunk of burn-in, then scored chunks.</summary>
/// <remarks>
/// One epoch in five takes the newest stretch of a window and the others one anywhere in it, so that the present is
/// learnt first and the past not forgotten. Nothing is held out: what judges a network is what comes later.
/// </remarks>
internal readonly record struct WindowSplit(int ChunkSteps)
{
    /// <summary>Chunks of a long window's stretch that are scored, after the one that is not.</summary>
    public const int ScoredChunks = 4;

    private const ulong OneRecentIn = 5;

    /// <summary>Whether a window is long enough: two chunks.</summary>
    public bool Fits(EncodedWindow window) => window.Steps >= 2 * ChunkSteps;

    /// <summary>What training runs over.</summary>
    /// <param name="window">A window that fits.</param>
    /// <param name="key">Random: decides between recent and replayed, and where the latter begins.</param>
    public WindowPart Training(EncodedWindow window, ulong key)
    {
        int steps = Math.Min(window.Steps, (1 + ScoredChunks) * ChunkSteps), last = window.Steps - steps;
        int start = key % OneRecentIn == 0 ? last : (int)(key / OneRecentIn % (ulong)(last + 1));
        return new(window, start, start + steps, start + ChunkSteps, int.MaxValue);
    }
}
