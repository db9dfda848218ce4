using Streaming.Inference.Model;
using Streaming.Training.Gate;
using Streaming.Training.Network;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>
/// Champion against a frozen snapshot of the challenger, and against the champion before, on steps that came after
/// the snapshot.
/// </summary>
/// <remarks>
/// Snapshot → judged over blocks → promoted or dropped. A promoted snapshot is champion on watch: the displaced
/// champion runs beside it on the same blocks, and comes back where it is shown to be better. Not thread-safe.
/// </remarks>
internal sealed class Contest
{
    private const string StillJudged = "still judged";

    private readonly FineTunerOptions options;
    private readonly PackedParameters candidate;
    private readonly PackedParameters previous;
    private readonly FreshBlocks fresh;
    private readonly BlockScorer scorer;
    private readonly BlockTable table = new();
    private Duel duel;
    private Duel? watch;
    private bool mayPromote;
    private bool mayRollBack;

    /// <param name="champion">Weights in force; copied.</param>
    /// <param name="options">Settings that passed validation.</param>
    public Contest(ModelParameters champion, FineTunerOptions options)
    {
        this.options = options;
        Champion = new(champion);
        candidate = new(champion);
        previous = new(champion);
        fresh = new(
            options.StepsOfBlock, options.BurnInSteps, options.ChunkSteps, options.HorizonSteps.Max(),
            options.BufferWindows);
        scorer = new(Champion.Layout, options);
        duel = NewDuel();
    }

    public PackedParameters Champion { get; }

    /// <summary>Whether a snapshot is being judged.</summary>
    public bool HasCandidate { get; private set; }

    /// <summary>Freezes a challenger that has seen no more than these windows, and judges it from here on.</summary>
    public void Begin(PackedParameters challenger, IEnumerable<EncodedWindow> windows)
    {
        candidate.CopyFrom(challenger);
        duel = NewDuel();
        table.Clear();
        fresh.Begin(windows);
        HasCandidate = true;
        (mayPromote, mayRollBack) = (false, false);
    }

    /// <summary>Queues what a window has that is fresh: at most <see cref="FineTunerOptions.MaxBlocks"/> blocks.
    /// </summary>
    public void Add(EncodedWindow window)
    {
        if (HasCandidate)
        {
            fresh.Cut(window, table.Open, table.Open + options.MaxBlocks, scorer.Waiting);
        }
    }

    /// <summary>Runs all networks in judgement over the next few fresh parts.</summary>
    /// <param name="suspects">Gets windows that hold numbers that are not finite: they count for nobody.</param>
    /// <returns>False where none waits.</returns>
    public bool ScoreBatch(ICollection<EncodedWindow> suspects) =>
        scorer.ScoreBatch(Champion, candidate, watch is null ? null : previous, table, suspects);

    /// <summary>Closes the blocks that are full and reads both tests after each.</summary>
    public Verdict Decide()
    {
        Verdict verdict = Of(Decision.None, StillJudged);
        while (verdict.Decision == Decision.None && HasCandidate && table.TryClose(fresh.Series, out BlockLosses block))
        {
            duel.Add(block.Champion, block.Candidate, block.Series);
            if (double.IsFinite(block.Previous))
            {
                watch?.Add(block.Champion, block.Previous, block.Series);
            }

            verdict = Read();
        }

        if (verdict.Decision == Decision.None && HasCandidate)
        {
            verdict = ReadEnd(verdict);
        }

        if (verdict.Decision != Decision.None)
        {
            Drop();
        }

        mayPromote = verdict.Decision == Decision.Promote;
        mayRollBack = verdict.Decision == Decision.RollBack;
        return verdict;
    }

    /// <summary>Makes the snapshot champion, on watch.</summary>
    /// <exception cref="InvalidOperationException">The last verdict did not ask for it.</exception>
    public void Promote()
    {
        if (!mayPromote)
        {
            throw new InvalidOperationException("Only a snapshot that was just judged better is promoted.");
        }

        mayPromote = false;
        previous.CopyFrom(Champion);
        Champion.CopyFrom(candidate);
        watch = NewDuel();
    }

    /// <summary>Puts the champion before back in force.</summary>
    /// <exception cref="InvalidOperationException">The last verdict did not ask for it.</exception>
    public void RollBack()
    {
        if (!mayRollBack)
        {
            throw new InvalidOperationException("Only a champion that was just judged worse is rolled back.");
        }

        mayRollBack = false;
        Champion.CopyFrom(previous);
        watch = null;
    }

    /// <summary>Takes over a champion from elsewhere; whatever was being judged is dropped.</summary>
    public void Replace(ModelParameters champion)
    {
        Champion.CopyFrom(champion);
        watch = null;
        (mayPromote, mayRollBack) = (false, false);
        Drop();
    }

    private Duel NewDuel() => new(options.FalseRate, options.MaxBlocks);

    private Verdict Read()
    {
        if (watch is { RivalIsBetter: true, RelativeGain: > 0 })
        {
            return Of(Decision.RollBack, "the version before does better");
        }

        if (watch is { IsOver: true } or { RivalIsWorse: true })
        {
            watch = null;
        }

        if (duel.RivalIsBetter && duel.RelativeGain >= options.MinGain)
        {
            return Of(Decision.Promote, "better on steps after its snapshot");
        }

        if (duel.RivalIsWorse || duel.IsHopeless)
        {
            return Of(Decision.Drop, "no better on steps after its snapshot");
        }

        return duel.IsOver ? Of(Decision.Drop, "no clear gain in time") : Of(Decision.None, StillJudged);
    }

    /// <summary>Ends what the tests leave open but more blocks would not decide.</summary>
    private Verdict ReadEnd(Verdict undecided) =>
        scorer.CandidateHasDiverged ? Of(Decision.Drop, "its forecasts are not finite") with { StartsOver = true }
        : table.Last >= table.Open + options.MaxBlocks - 1 ? Of(Decision.Drop, "too few series came in time")
        : undecided;

    private Verdict Of(Decision decision, string reason) => new()
    {
        Decision = decision,
        Reason = reason,
        Candidate = duel.Standing,
        Previous = watch?.Standing,
    };

    private void Drop()
    {
        HasCandidate = false;
        scorer.Clear();
        table.Clear();
    }
}
