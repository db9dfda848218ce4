using Streaming.Inference.Model;
using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Samples;
using Streaming.Training.Threads;

namespace Streaming.Training.FineTuning;

/// <summary>Parameters in training: one chunk forward, backward, clipped and stepped at a time.</summary>
/// <remarks>Owns all memory that training needs and allocates nothing per chunk. Not thread-safe.</remarks>
internal sealed class ChunkTrainer
{
    private readonly LearningOptions options;
    private readonly int[] horizons;
    private readonly ChunkBatch batch;
    private readonly CarriedState state;
    private readonly Dropout dropout;
    private readonly ChunkGradient gradient;
    private readonly Optimizer optimizer;
    private readonly RateSchedule schedule;
    private readonly WeightPenalty penalty;

    /// <param name="start">Parameters to start from; copied.</param>
    /// <param name="options">How to learn.</param>
    /// <param name="team">Threads to use; stays the caller's. Default the caller's alone.</param>
    public ChunkTrainer(ModelParameters start, LearningOptions options, WorkerTeam? team = null)
    {
        this.options = options;
        horizons = [.. options.HorizonSteps];
        Parameters = new(start);
        ParameterLayout layout = Parameters.Layout;
        batch = new(start.Shape, options.BatchWindows, options.ChunkSteps);
        state = new(layout, options.BatchWindows);
        dropout = new(options.Dropout, options.Seed);
        gradient = new(
            layout,
            new(options.Loss, options.QuantileLevels, options.BatchWindows),
            options.BatchWindows,
            options.ChunkSteps,
            dropout,
            team);
        optimizer = new(layout, options.Optimizer);
        schedule = new(options.Schedule);
        penalty = new(options.L1, options.L2);
    }

    /// <summary>What is trained.</summary>
    public PackedParameters Parameters { get; }

    /// <summary>Updates since the run began.</summary>
    public int Updates { get; private set; }

    /// <summary>Restarts the schedule; parameters and moments go on.</summary>
    public void BeginRun() => Updates = 0;

    /// <summary>Starts over from other parameters.</summary>
    public void Reset(PackedParameters start)
    {
        Parameters.CopyFrom(start);
        optimizer.Reset();
        BeginRun();
    }

    /// <summary>Copies all that training on needs between two batches.</summary>
    public ChunkTrainerState Capture() => new(Parameters.ToModel(), optimizer.Capture(), Updates, dropout.Passes);

    /// <summary>Goes on from where another trainer of the same shape and options was.</summary>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public void Restore(ChunkTrainerState from)
    {
        Parameters.CopyFrom(from.Parameters);
        optimizer.Restore(from.Optimizer);
        Updates = from.Updates;
        dropout.Passes = from.Passes;
    }

    /// <summary>Trains one chunk of parts that run side by side.</summary>
    /// <param name="parts">Longest first.</param>
    /// <param name="fromStep">First step of the chunk in each part; the state is carried from the chunk before.</param>
    public ChunkReport Train(ReadOnlySpan<WindowPart> parts, int fromStep)
    {
        if (fromStep == 0)
        {
            state.Clear();
        }

        int steps = Math.Min(options.ChunkSteps, parts[0].Steps - fromStep);
        batch.Load(WindowPart.Beyond(parts, fromStep), fromStep, steps, horizons);
        (double mean, int series, int labels) = gradient.Run(Parameters, batch, state);
        return labels == 0 ? new(ChunkOutcome.Carried, 0, 0, 0, 0, 0) : Update(mean, series, labels);
    }

    private ChunkReport Update(double mean, int series, int labels)
    {
        penalty.AddTo(gradient.Values, Parameters.Values, Parameters.Layout);
        double norm = GradientClip.Apply(gradient.Values, options.ClipNorm);
        if (!double.IsFinite(mean) || !double.IsFinite(norm))
        {
            return new(ChunkOutcome.Stopped, mean, norm, 0, series, labels);
        }

        double rate = options.LearningRate * schedule.ShareAt(Updates);
        optimizer.Step(Parameters.Values, gradient.Values, rate);
        Updates++;
        return new(ChunkOutcome.Trained, mean, norm, rate, series, labels);
    }
}
