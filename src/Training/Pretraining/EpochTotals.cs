using Streaming.Training.FineTuning;

namespace Streaming.Training.Pretraining;

/// <summary>Means over the updates of an epoch.</summary>
internal sealed class EpochTotals
{
    public int Updates { get; private set; }

    public double LossSum { get; private set; }

    public double NormSum { get; private set; }

    /// <summary>Step size of the last update, of this epoch or the one before.</summary>
    public double LearningRate { get; private set; }

    /// <summary>Mean loss; NaN before the first update.</summary>
    public double Loss => LossSum / Updates;

    /// <summary>Mean norm; NaN before the first update.</summary>
    public double Norm => NormSum / Updates;

    /// <summary>Counts a chunk that made an update, and no other.</summary>
    public void Add(ChunkReport report)
    {
        if (report.Outcome == ChunkOutcome.Trained)
        {
            Restore(Updates + 1, LossSum + report.Loss, NormSum + report.GradientNorm, report.LearningRate);
        }
    }

    public void Clear() => Restore(0, 0, 0, LearningRate);

    public void Restore(int updates, double lossSum, double normSum, double learningRate)
    {
        Updates = updates;
        LossSum = lossSum;
        NormSum = normSum;
        LearningRate = learningRate;
    }
}
