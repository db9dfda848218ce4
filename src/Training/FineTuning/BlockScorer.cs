using Streaming.Training.Gate;
using Streaming.Training.Network;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Runs the networks in judgement over the same fresh parts and enters their losses into the blocks.</summary>
/// <remarks>
/// Comes in pieces of a batch, so that the processor can be shared. Owns its scratch; not thread-safe.
/// </remarks>
internal sealed class BlockScorer(ParameterLayout layout, FineTunerOptions options)
{
    private readonly HeldOutLoss heldOut = new(layout, options);

    /// <summary>Parts to be scored. Bound: each series has at most one part a block.</summary>
    public Queue<BlockPart> Waiting { get; } = [];

    /// <summary>Whether the candidate gave forecasts that are not finite where the champion's were.</summary>
    public bool CandidateHasDiverged { get; private set; }

    /// <summary>Scores the next few parts.</summary>
    /// <param name="champion">Weights in force.</param>
    /// <param name="candidate">The challenger's snapshot.</param>
    /// <param name="previous">The champion before; null where none is on watch.</param>
    /// <param name="table">Gets the losses.</param>
    /// <param name="suspects">Gets windows that hold numbers that are not finite: they count for nobody.</param>
    /// <returns>False where none waits.</returns>
    public bool ScoreBatch(
        PackedParameters champion, PackedParameters candidate, PackedParameters? previous, BlockTable table,
        ICollection<EncodedWindow> suspects)
    {
        BlockPart[] batch = [.. Enumerable.Range(0, Math.Min(options.BatchWindows, Waiting.Count))
            .Select(_ => Waiting.Dequeue()).OrderByDescending(part => part.Part.Steps)];
        WindowPart[] parts = Array.ConvertAll(batch, part => part.Part);
        double[][] champions = heldOut.Of(champion, parts), candidates = heldOut.Of(candidate, parts);
        double[][] previouses = previous is null ? [] : heldOut.Of(previous, parts);
        for (int n = 0; n < batch.Length; n++)
        {
            double before = previous is null ? double.NaN : MeanOfPresent(previouses[n]);
            Enter(batch[n], new(MeanOfPresent(champions[n]), MeanOfPresent(candidates[n]), before, 1), table, suspects);
        }

        return batch.Length > 0;
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear()
    {
        Waiting.Clear();
        CandidateHasDiverged = false;
    }

    private static double MeanOfPresent(double[] losses) =>
        losses.Where(loss => !double.IsNaN(loss)).DefaultIfEmpty(double.NaN).Average();

    private void Enter(BlockPart part, BlockLosses losses, BlockTable table, ICollection<EncodedWindow> suspects)
    {
        if (double.IsNaN(losses.Champion))
        {
            return; // no label: all was held over a gap
        }

        if (!part.Part.Window.IsFinite() || !double.IsFinite(losses.Champion))
        {
            suspects.Add(part.Part.Window);
        }
        else if (!double.IsFinite(losses.Candidate))
        {
            CandidateHasDiverged = true;
        }
        else
        {
            table.Add(part.Block, losses);
        }
    }
}
