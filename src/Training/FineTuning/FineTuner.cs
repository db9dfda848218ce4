using Streaming.Inference.Model;
using Streaming.Training.Network;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>
/// Trains a challenger beside a champion on recent windows, and judges it on the steps it was not shown.
/// </summary>
/// <remarks>
/// One run is: <see cref="Add"/> as windows arrive, <see cref="TrainChunk"/> as often as the processor budget allows,
/// <see cref="Judge"/>, and <see cref="Promote"/> where the verdict says so and versions may go live. The challenger
/// trains on from run to run. Pure: the same calls give the same bits. Not thread-safe; reads no clock.
/// </remarks>
public sealed class FineTuner
{
    private readonly FineTunerOptions options;
    private readonly WindowSplit split;
    private readonly ReplayBuffer buffer;
    private readonly BatchSequence batches;
    private readonly PackedParameters champion;
    private readonly ChunkTrainer challenger;
    private readonly HeldOutLoss heldOut;
    private WindowPart[] batch = [];
    private int nextStep;
    private int worseRuns;
    private string? stopReason;
    private bool mayPromote;

    /// <summary>Starts with a challenger equal to the champion.</summary>
    /// <param name="champion">Weights in force; copied.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">A setting is out of bounds, or a weight is not finite.</exception>
    public FineTuner(ModelParameters champion, FineTunerOptions options)
    {
        ArgumentNullException.ThrowIfNull(champion);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(champion.Shape.Outputs);
        RequireFinite(champion);
        this.options = options;
        split = new(options.ChunkSteps, options.HeldOutShare);
        buffer = new(options.BufferWindows);
        batches = new(buffer, split, options.BatchWindows, options.Seed);
        this.champion = new(champion);
        challenger = new(champion, options);
        heldOut = new(this.champion.Layout, options);
    }

    /// <summary>Windows kept, one a series.</summary>
    public int Windows => buffer.Count;

    /// <summary>Windows that made room for those of other series, so far.</summary>
    public long ReplacedWindows => buffer.Replaced;

    /// <summary>Windows too short to train on, of those kept when the current epoch began.</summary>
    public int SkippedWindows => batches.Skipped;

    /// <summary>Updates of the challenger since the last verdict.</summary>
    public int Updates => challenger.Updates;

    /// <summary>Takes the newest window of a series; it is trained on from the next epoch.</summary>
    /// <exception cref="ArgumentException">Its widths don't fit the network.</exception>
    public void Add(EncodedWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        ModelShape shape = champion.Layout.Shape;
        bool fits = window.Inputs.Length == window.Steps * shape.Inputs
            && window.Skip.Length == window.Steps * shape.SkipInputs
            && window.Targets.Length == window.Steps * shape.Outputs;
        if (!fits)
        {
            throw new ArgumentException($"The window does not have the widths of {shape}.", nameof(window));
        }

        buffer.Add(window);
    }

    /// <summary>
    /// Trains the challenger on the next chunk of the current batch of windows, or the first of the next.
    /// </summary>
    public ChunkReport TrainChunk()
    {
        if (stopReason is not null)
        {
            return new(ChunkOutcome.Stopped, double.NaN, double.NaN, 0, 0, 0);
        }

        if (batch.Length == 0 && !TryBeginBatch())
        {
            return new(ChunkOutcome.Idle, 0, 0, 0, 0, 0);
        }

        mayPromote = false;
        ChunkReport report = challenger.Train(batch, nextStep);
        nextStep += options.ChunkSteps;
        if (report.Outcome == ChunkOutcome.Stopped)
        {
            stopReason = $"loss {report.Loss}, gradient norm {report.GradientNorm} after {Updates} updates";
        }

        if (nextStep >= batch[0].Steps)
        {
            batch = [];
        }

        return report;
    }

    /// <summary>
    /// Compares both networks on the held-out tails of all windows and ends the run. A challenger that is worse too
    /// often in a row has lost its way and starts over from the champion; so it does after numbers that are not
    /// finite, and windows that hold such numbers are dropped.
    /// </summary>
    public Verdict Judge()
    {
        WindowPart[] parts = [.. buffer.InOrder(options.Seed, epoch: 0)
            .Where(split.Fits).Select(split.Judging).OrderByDescending(part => part.Steps)];
        Verdict verdict = stopReason is null ? Compare(parts) : Stopped(stopReason);
        worseRuns = verdict.RelativeGain < 0 ? worseRuns + 1 : 0;
        verdict = verdict with
        {
            SkippedWindows = buffer.Count - parts.Length,
            Updates = Updates,
            StartsOver = verdict.Stopped || worseRuns >= options.MaxWorseRuns,
        };
        if (verdict.StartsOver)
        {
            StartOver(verdict.Stopped ? parts : []);
        }

        challenger.BeginRun();
        mayPromote = verdict.Promote;
        return verdict;
    }

    /// <summary>Makes the challenger champion, as it was judged; it trains on from there.</summary>
    /// <returns>A copy of the new champion.</returns>
    /// <exception cref="InvalidOperationException">The last call was not a verdict that asks for it.</exception>
    public ModelParameters Promote()
    {
        if (!mayPromote)
        {
            throw new InvalidOperationException("Only a challenger that has just been judged better is promoted.");
        }

        mayPromote = false;
        champion.CopyFrom(challenger.Parameters);
        return champion.ToModel();
    }

    /// <summary>
    /// Takes over a champion from elsewhere, such as after a rollback; the challenger starts over from it.
    /// </summary>
    /// <exception cref="ArgumentException">It has another shape, or a weight that is not finite.</exception>
    public void Replace(ModelParameters newChampion)
    {
        ArgumentNullException.ThrowIfNull(newChampion);
        RequireFinite(newChampion);
        champion.CopyFrom(newChampion);
        StartOver([]);
    }

    /// <summary>A copy of the champion.</summary>
    public ModelParameters CopyChampion() => champion.ToModel();

    /// <summary>A copy of the challenger as it stands.</summary>
    public ModelParameters CopyChallenger() => challenger.Parameters.ToModel();

    private static void RequireFinite(ModelParameters parameters)
    {
        if (!Array.TrueForAll(parameters.Values, float.IsFinite))
        {
            throw new ArgumentException("A weight of the champion is not finite.");
        }
    }

    private static Verdict Stopped(string reason) =>
        new() { Promote = false, Stopped = true, Reason = $"not finite: {reason}" };

    private bool TryBeginBatch()
    {
        nextStep = 0;
        bool found = batches.TryNext(out WindowPart[]? next);
        batch = next ?? [];
        return found;
    }

    private Verdict Compare(WindowPart[] parts)
    {
        double[][] championLosses = heldOut.Of(champion, parts);
        double[][] challengerLosses = heldOut.Of(challenger.Parameters, parts);
        bool infinite = championLosses.Concat(challengerLosses).Any(losses => losses.Any(double.IsInfinity));
        return infinite ? Stopped("held-out loss") : Comparison.Of(championLosses, challengerLosses, options);
    }

    private void StartOver(WindowPart[] suspects)
    {
        foreach (WindowPart part in suspects.Where(part => !part.Window.IsFinite()))
        {
            buffer.Remove(part.Window.Series);
        }

        challenger.Reset(champion);
        batches.Clear();
        batch = [];
        stopReason = null;
        mayPromote = false;
        worseRuns = 0;
    }
}
