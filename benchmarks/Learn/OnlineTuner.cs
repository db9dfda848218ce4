using Streaming.Inference.Model;
using Streaming.Training.FineTuning;
using Streaming.Training.Losses;
using Streaming.Training.Optimization;
using Streaming.Training.Pretraining;
using Streaming.Training.Samples;

namespace Benchmarks.Learn;

/// <summary>Fine-tunes on what has arrived: a recent chunk of each channel and a few of its past.</summary>
/// <remarks>A chunk that warms up the state comes before each that is scored. Labels count once their time has come.
/// </remarks>
internal sealed class OnlineTuner
{
    private const int Updates = 3;
    private const int Replayed = 6;
    private const int ChunkSteps = 96;

    private readonly Channel[] channels;
    private readonly ChunkTrainer trainer;
    private readonly Random random = new(17);

    public OnlineTuner(Channel[] channels, ModelParameters start, IReadOnlyList<int> horizons)
    {
        this.channels = channels;
        trainer = new(start, new TrainerOptions
        {
            HorizonSteps = horizons,
            BatchWindows = channels.Length * (1 + Replayed),
            ChunkSteps = ChunkSteps,
            Loss = LossKind.MeanSquared,
            LearningRate = 3e-4,
            ClipNorm = 0.5,
            Optimizer = new() { SquareDecay = 0.99 },
            Schedule = new() { Kind = ScheduleKind.Constant, WarmUpUpdates = 0 },
        });
    }

    /// <summary>Learns after step <paramref name="now"/> has been seen.</summary>
    public ModelWeights Tune(int now)
    {
        for (int update = 0; update < Updates; update++)
        {
            var parts = new List<WindowPart>();
            foreach (Channel channel in channels)
            {
                parts.Add(Part(channel, now + 1, now));
                for (int n = 0; n < Replayed; n++)
                {
                    parts.Add(Part(channel, random.Next(2 * ChunkSteps, now + 2), now));
                }
            }

            WindowPart[] batch = [.. parts];
            trainer.Train(batch, 0);
            trainer.Train(batch, ChunkSteps);
        }

        return ModelWeights.Pack(trainer.Parameters.ToModel());
    }

    private static WindowPart Part(Channel channel, int end, int now) =>
        new(channel.Window, end - (2 * ChunkSteps), end, end - ChunkSteps, LabelsBefore: now + 1);
}
