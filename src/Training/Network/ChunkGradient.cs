using Streaming.Training.Losses;
using Streaming.Training.Threads;

namespace Streaming.Training.Network;

/// <summary>Loss and gradient of a network on a batch, by as many threads as a team has.</summary>
/// <remarks>
/// Two pieces of work: each worker takes some rows forward and back as far as the gates' gradients; then workers claim
/// parts of the parameters' gradient. Every sum has one order, so that no bit depends on the number of threads. Owns
/// the scratch of one trainer; allocates nothing after construction. Not thread-safe.
/// </remarks>
internal sealed class ChunkGradient
{
    private readonly WorkerTeam team;
    private readonly Tape tape;
    private readonly ChunkLoss loss;
    private readonly BackwardPass backward;
    private readonly WeightGradient gradient;
    private readonly Dropout? dropout;
    private readonly Action<int> runRows;
    private readonly Action<int> runParts;
    private PackedParameters? parameters;
    private ChunkBatch? batch;
    private CarriedState? state;
    private bool hasLabels;
    private int claimedParts;

    /// <param name="layout">Of the parameters.</param>
    /// <param name="loss">For as many rows.</param>
    /// <param name="maxRows">Most series of a batch.</param>
    /// <param name="maxSteps">Most steps of a batch.</param>
    /// <param name="dropout">Switches off units between layers.</param>
    /// <param name="team">Threads to use; stays the caller's. Default the caller's alone.</param>
    public ChunkGradient(
        ParameterLayout layout,
        ChunkLoss loss,
        int maxRows,
        int maxSteps,
        Dropout? dropout = null,
        WorkerTeam? team = null)
    {
        this.loss = loss;
        this.dropout = dropout;
        this.team = team ?? WorkerTeam.Alone;
        tape = new(layout, maxRows, maxSteps, canDrop: dropout is { IsActive: true });
        backward = new(layout, maxRows, maxSteps);
        gradient = new(layout);
        runRows = RunRows;
        runParts = RunParts;
    }

    /// <summary>The gradient of the last batch with labels, in the layout of the parameters; the caller may change it.
    /// </summary>
    public Span<float> Values => gradient.Values;

    /// <summary>What the last batch left.</summary>
    public Tape Tape => tape;

    /// <summary>Runs a batch; without labels only forward.</summary>
    /// <param name="parameters">The network.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="state">h and c before the chunk in, after it out.</param>
    /// <returns>The loss, 0 without labels; how many series and labels it is over.</returns>
    public (double Loss, int Series, int Labels) Run(PackedParameters parameters, ChunkBatch batch, CarriedState state)
    {
        this.parameters = parameters;
        this.batch = batch;
        this.state = state;
        (int series, int labels) = loss.Begin(batch);
        hasLabels = labels > 0;
        ForwardPass.Begin(batch, tape, dropout);
        if (hasLabels)
        {
            backward.Begin(parameters);
        }

        team.Run(runRows);
        if (!hasLabels)
        {
            return (0, series, labels);
        }

        claimedParts = 0;
        team.Run(runParts);
        return (loss.Total(batch), series, labels);
    }

    private void RunRows(int worker)
    {
        RowRange rows = RowRange.Share(batch!.Rows, worker, team.Workers);
        if (rows.Count == 0)
        {
            return;
        }

        ForwardPass.Run(parameters!, batch, state!, tape, dropout, rows);
        if (hasLabels)
        {
            loss.Run(batch, tape, rows);
            backward.Run(tape, rows);
        }
    }

    private void RunParts(int worker)
    {
        for (int part; (part = Interlocked.Increment(ref claimedParts) - 1) < gradient.PartCount;)
        {
            gradient.Run(part, batch!, tape);
        }
    }
}
