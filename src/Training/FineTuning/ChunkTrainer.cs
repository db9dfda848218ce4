using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Parameters in training: one chunk forward, backward, clipped and stepped at a time.</summary>
/// <remarks>Owns all memory that training needs and allocates nothing per chunk. Not thread-safe.</remarks>
internal sealed class ChunkTrainer
{
    private readonly LearningOptions options;
    private readonly int[] horizons;
    private readonly ChunkBatch batch;
    private readonly CarriedState state;
    private readonly Tape tape;
    private readonly ChunkLoss loss;
    private readonly BackwardPass backward;
    private readonly AlignedFloats gradient;
    private readonly Optimizer optimizer;
    private readonly RateSchedule schedule;
    private readonly WeightPenalty penalty;
    private readonly Dropout dropout;

    public ChunkTrainer(ModelParameters start, LearningOptions options)
    {
        this.options = options;
        horizons = [.. options.HorizonSteps];
        Parameters = new(start);
        ParameterLayout layout = Parameters.Layout;
        batch = new(start.Shape, options.BatchWindows, options.ChunkSteps);
        state = new(layout, options.BatchWindows);
        tape = new(layout, options.BatchWindows, options.ChunkSteps, canDrop: options.Dropout > 0);
        loss = new(options.Loss, options.QuantileLevels, options.BatchWindows);
        backward = new(layout, options.BatchWindows, options.ChunkSteps);
        gradient = new(layout.Length);
        optimizer = new(layout, options.Optimizer);
        schedule = new(options.Schedule);
        penalty = new(options.L1, options.L2);
        dropout = new(options.Dropout, options.Seed);
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
        ForwardPass.Run(Parameters, batch, state, tape, dropout);
        (double mean, int series, int labels) = loss.Run(batch, tape);
        return labels == 0 ? new(ChunkOutcome.Carried, 0, 0, 0, 0, 0) : Update(mean, series, labels);
    }

    private ChunkReport Update(double mean, int series, int labels)
    {
        backward.Run(Parameters, batch, tape, gradient.Span);
        penalty.AddTo(gradient.Span, Parameters.Values, Parameters.Layout);
        double norm = GradientClip.Apply(gradient.Span, options.ClipNorm);
        if (!double.IsFinite(mean) || !double.IsFinite(norm))
        {
            return new(ChunkOutcome.Stopped, mean, norm, 0, series, labels);
        }

        double rate = options.LearningRate * schedule.ShareAt(Updates);
        optimizer.Step(Parameters.Values, gradient.Span, rate);
        Updates++;
        return new(ChunkOutcome.Trained, mean, norm, rate, series, labels);
    }
}
