using Streaming.Inference.Model;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>
/// Trains a challenger beside a champion on recent windows, and judges snapshots of it on the steps that come after.
/// </summary>
/// <remarks>
/// One run is: <see cref="Add"/> the windows that have come; <see cref="ScoreBatch"/> until nothing waits;
/// <see cref="Decide"/>, and <see cref="Promote"/> or <see cref="RollBack"/> where the verdict says so and versions may
/// go live; <see cref="TrainChunk"/> as often as the processor budget allows; <see cref="EndRun"/>. The challenger
/// trains on from run to run. Pure: the same calls give the same bits. Not thread-safe; reads no clock.
/// </remarks>
public sealed class FineTuner
{
    private readonly FineTunerOptions options;
    private readonly ReplayBuffer buffer;
    private readonly BatchSequence batches;
    private readonly Contest contest;
    private readonly ChunkTrainer challenger;
    private readonly List<EncodedWindow> suspects = [];
    private WindowPart[] batch = [];
    private int nextStep;
    private int worseSnapshots;
    private int updates;
    private int snapshotUpdates;
    private string? stopReason;

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
        buffer = new(options.BufferWindows);
        batches = new(buffer, new(options.ChunkSteps), options.BatchWindows, options.Seed);
        contest = new(champion, options);
        challenger = new(champion, options);
    }

    /// <summary>Windows kept, one a series.</summary>
    public int Windows => buffer.Count;

    /// <summary>Windows that made room for those of other series, so far.</summary>
    public long ReplacedWindows => buffer.Replaced;

    /// <summary>Windows too short to train on, of those kept when the current epoch began.</summary>
    public int SkippedWindows => batches.Skipped;

    /// <summary>Updates of the challenger in this run.</summary>
    public int Updates => challenger.Updates;

    /// <summary>Whether a snapshot of the challenger is being judged.</summary>
    public bool IsJudging => contest.HasCandidate;

    /// <summary>Updates that a run of so many chunks makes, where windows are long: some chunks are burn-in.</summary>
    public static int UpdatesOf(int chunks) =>
        (int)Math.Max(1, (long)chunks * WindowSplit.ScoredChunks / (WindowSplit.ScoredChunks + 1));

    /// <summary>
    /// Takes the newest window of a series: what is fresh in it will be scored, and it is trained on from the next
    /// epoch.
    /// </summary>
    /// <exception cref="ArgumentException">Its widths don't fit the network.</exception>
    public void Add(EncodedWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        ModelShape shape = contest.Champion.Layout.Shape;
        bool fits = window.Inputs.Length == window.Steps * shape.Inputs
            && window.Skip.Length == window.Steps * shape.SkipInputs
            && window.Targets.Length == window.Steps * shape.Outputs;
        if (!fits)
        {
            throw new ArgumentException($"The window does not have the widths of {shape}.", nameof(window));
        }

        buffer.Add(window);
        contest.Add(window);
    }

    /// <summary>
    /// Runs the networks in judgement over the next few windows' fresh steps. Windows that hold numbers that are not
    /// finite are dropped.
    /// </summary>
    /// <returns>False where nothing waits.</returns>
    public bool ScoreBatch()
    {
        bool any = contest.ScoreBatch(suspects);
        DropSuspects();
        return any;
    }

    /// <summary>
    /// Reads the tests over the time blocks that are full. A challenger with too many snapshots in a row that did worse
    /// has lost its way and starts over from the champion.
    /// </summary>
    public Verdict Decide()
    {
        Verdict verdict = contest.Decide();
        if (verdict.Decision != Decision.None)
        {
            bool isWorse = verdict is { Decision: Decision.Drop, Candidate.RelativeGain: < 0 };
            worseSnapshots = isWorse ? worseSnapshots + 1 : 0;
        }

        verdict = verdict with
        {
            Updates = snapshotUpdates,
            StartsOver = verdict.StartsOver || worseSnapshots >= options.MaxWorseSnapshots,
        };
        if (verdict.StartsOver)
        {
            StartOver();
        }

        return verdict;
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

        ChunkReport report = challenger.Train(batch, nextStep);
        nextStep += options.ChunkSteps;
        if (report.Outcome == ChunkOutcome.Stopped)
        {
            stopReason = $"not finite: loss {report.Loss}, gradient norm {report.GradientNorm} after {Updates} updates";
        }

        if (nextStep >= batch[0].Steps)
        {
            batch = [];
        }

        return report;
    }

    /// <summary>
    /// Ends the run. Where no snapshot is being judged, the challenger as it stands becomes one. After numbers that
    /// are not finite the challenger starts over from the champion instead, and windows that hold such are dropped.
    /// </summary>
    /// <returns>Why the run was stopped; null where it was not.</returns>
    public string? EndRun()
    {
        string? reason = stopReason;
        updates += Updates;
        if (reason is not null)
        {
            suspects.AddRange(buffer.InOrder(options.Seed, epoch: 0).Where(window => !window.IsFinite()));
            DropSuspects();
            StartOver();
        }
        else if (!IsJudging && Updates > 0)
        {
            contest.Begin(challenger.Parameters, buffer.InOrder(options.Seed, epoch: 0));
            snapshotUpdates = updates;
        }

        challenger.BeginRun();
        return reason;
    }

    /// <summary>Makes the snapshot that was just judged champion; the challenger trains on from where it is.</summary>
    /// <returns>A copy of the new champion.</returns>
    /// <exception cref="InvalidOperationException">The last verdict did not ask for it.</exception>
    public ModelParameters Promote()
    {
        contest.Promote();
        return CopyChampion();
    }

    /// <summary>Puts the champion before back in force; the challenger starts over from it.</summary>
    /// <returns>A copy of it.</returns>
    /// <exception cref="InvalidOperationException">The last verdict did not ask for it.</exception>
    public ModelParameters RollBack()
    {
        contest.RollBack();
        StartOver();
        return CopyChampion();
    }

    /// <summary>Takes over a champion from elsewhere; the challenger starts over from it.</summary>
    /// <exception cref="ArgumentException">It has another shape, or a weight that is not finite.</exception>
    public void Replace(ModelParameters newChampion)
    {
        ArgumentNullException.ThrowIfNull(newChampion);
        RequireFinite(newChampion);
        contest.Replace(newChampion);
        StartOver();
    }

    /// <summary>A copy of the champion.</summary>
    public ModelParameters CopyChampion() => contest.Champion.ToModel();

    /// <summary>A copy of the challenger as it stands.</summary>
    public ModelParameters CopyChallenger() => challenger.Parameters.ToModel();

    private static void RequireFinite(ModelParameters parameters)
    {
        if (!Array.TrueForAll(parameters.Values, float.IsFinite))
        {
            throw new ArgumentException("A weight of the champion is not finite.");
        }
    }

    private bool TryBeginBatch()
    {
        nextStep = 0;
        bool found = batches.TryNext(out WindowPart[]? next);
        batch = next ?? [];
        return found;
    }

    private void DropSuspects()
    {
        suspects.ForEach(window => buffer.Remove(window.Series));
        suspects.Clear();
    }

    private void StartOver()
    {
        challenger.Reset(contest.Champion);
        batches.Clear();
        batch = [];
        stopReason = null;
        worseSnapshots = 0;
        updates = 0;
    }
}
