using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Optimization;
using Streaming.Training.Pretraining;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Fine-tunes while history is replayed: on a recent chunk of each series and a few of its past.</summary>
/// <remarks>A chunk that warms up the state comes before each that is scored. A label counts once its step has been
/// seen. The same calls give the same weights. Not thread-safe.</remarks>
public sealed class ReplayTuner
{
    private const int Updates = 3;
    private const int Replayed = 6;
    private const int ChunkSteps = 96;

    private readonly ChunkTrainer trainer;
    private readonly Random random = new(17);

    /// <summary>Starts from a network.</summary>
    /// <param name="start">Its parameters; copied.</param>
    /// <param name="series">Series that may be given to <see cref="Tune"/> at once, at most.</param>
    /// <param name="horizons">Its horizons, in steps, ascending.</param>
    public ReplayTuner(ModelParameters start, int series, IReadOnlyList<int> horizons)
    {
        ArgumentNullException.ThrowIfNull(start);
        trainer = new(start, new TrainerOptions
        {
            HorizonSteps = horizons,
            BatchWindows = series * (1 + Replayed),
            ChunkSteps = ChunkSteps,
            Loss = LossKind.MeanSquared,
            LearningRate = 3e-4,
            ClipNorm = 0.5,
            Optimizer = new() { SquareDecay = 0.99 },
            Schedule = new() { Kind = ScheduleKind.Constant, WarmUpUpdates = 0 },
        });
    }

    /// <summary>Learns from what has been seen of some series.</summary>
    /// <param name="seen">Windows and how many of their first steps have been seen; those with too few are left out.
    /// </param>
    /// <returns>The weights; null where there was nothing to learn from.</returns>
    public ModelWeights? Tune(IReadOnlyList<(EncodedWindow Window, int Steps)> seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        (EncodedWindow Window, int Steps)[] enough = [.. seen.Where(one => one.Steps >= 2 * ChunkSteps)];
        if (enough.Length == 0)
        {
            return null;
        }

        for (int update = 0; update < Updates; update++)
        {
            WindowPart[] batch = [.. enough.SelectMany(PartsOf)];
            trainer.Train(batch, 0);
            trainer.Train(batch, ChunkSteps);
        }

        return ModelWeights.Pack(trainer.Parameters.ToModel());
    }

    private IEnumerable<WindowPart> PartsOf((EncodedWindow Window, int Steps) seen)
    {
        yield return Part(seen.Steps);
        for (int n = 0; n < Replayed; n++)
        {
            yield return Part(random.Next(2 * ChunkSteps, seen.Steps + 1));
        }

        WindowPart Part(int end) => new(
            seen.Window, end - (2 * ChunkSteps), end, end - ChunkSteps, LabelsBefore: seen.Steps);
    }
}
