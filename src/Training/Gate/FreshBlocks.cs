using Streaming.Training.Samples;

namespace Streaming.Training.Gate;

/// <summary>Cuts what came after a snapshot into time blocks: steps whose forecasts neither network could have learnt.
/// </summary>
/// <remarks>
/// Each series counts its own steps from where its window ended at the snapshot. Steps run on a while after a block,
/// until the last label of the block has arrived. A series that is first seen later, that starts anew, or whose steps
/// are longer than those of most, joins at the block that is open. Not thread-safe.
/// </remarks>
/// <param name="blockSteps">Steps of a block.</param>
/// <param name="burnInSteps">Steps before a block that warm up the state, where the window has as many.</param>
/// <param name="leastBurnInSteps">Steps before a block that it needs.</param>
/// <param name="horizonSteps">Steps from a forecast to its last label.</param>
/// <param name="maxSeries">Series followed; further ones are left out.</param>
internal sealed class FreshBlocks(
    int blockSteps, int burnInSteps, int leastBurnInSteps, int horizonSteps, int maxSeries)
{
    private readonly Dictionary<ulong, (long NextStep, int NextBlock)> places = [];
    private readonly HashSet<ulong> silent = []; // no window has come since the last snapshot

    /// <summary>Series that are followed.</summary>
    public int Series => places.Count;

    /// <summary>Starts at a snapshot: what these windows hold was known to it.</summary>
    /// <remarks>Series of which no window has come since the snapshot before are not waited for.</remarks>
    public void Begin(IEnumerable<EncodedWindow> windows)
    {
        HashSet<ulong> leftOut = [.. silent];
        places.Clear();
        silent.Clear();
        foreach (EncodedWindow window in windows.Take(maxSeries))
        {
            silent.Add(window.Series);
            if (!leftOut.Contains(window.Series))
            {
                places[window.Series] = (window.EndStep, 0);
            }
        }
    }

    /// <summary>Adds the blocks that a series' newest window completes.</summary>
    /// <param name="window">The window.</param>
    /// <param name="open">First block that still counts.</param>
    /// <param name="end">Block after the last that is judged.</param>
    /// <param name="parts">Gets them, in order.</param>
    public void Cut(EncodedWindow window, int open, int end, Queue<BlockPart> parts)
    {
        silent.Remove(window.Series);
        bool isKnown = places.TryGetValue(window.Series, out (long NextStep, int NextBlock) place);
        if (!isKnown && places.Count >= maxSeries)
        {
            return;
        }

        if (!isKnown || window.EndStep < place.NextStep)
        {
            places[window.Series] = (window.EndStep, open);
            return;
        }

        long next = Math.Max(place.NextStep, window.FirstStep + leastBurnInSteps);
        int block = Math.Max(place.NextBlock, open);
        for (; block < end && next + blockSteps + horizonSteps <= window.EndStep; block++, next += blockSteps)
        {
            int from = (int)(next - window.FirstStep);
            parts.Enqueue(new(
                block, new(window, Math.Max(0, from - burnInSteps), from + blockSteps, from, int.MaxValue)));
        }

        places[window.Series] = (next, block);
    }
}
