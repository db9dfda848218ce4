using Streaming.Inference.Model;
using Streaming.Training.Network;

namespace Streaming.Training.Pretraining;

/// <summary>The weights with the least validation loss so far; without validation, the last.</summary>
internal sealed class BestWeights(ModelParameters start, double minImprovement)
{
    private ModelParameters weights = start.Clone();

    /// <summary>Epoch they come from, 0 for the start.</summary>
    public int Epoch { get; private set; }

    /// <summary>Their loss; NaN without validation, or before the start has been judged.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Keeps a copy of weights that are better by the least gain; whether they are.</summary>
    public bool Offer(PackedParameters candidate, int epoch, double loss)
    {
        bool isBetter = double.IsNaN(Loss) || double.IsNaN(loss) || loss < Loss * (1 - minImprovement);
        if (isBetter)
        {
            Restore(candidate.ToModel(), epoch, loss);
        }

        return isBetter;
    }

    public ModelParameters Copy() => weights.Clone();

    public void Restore(ModelParameters weights, int epoch, double loss)
    {
        this.weights = weights;
        Epoch = epoch;
        Loss = loss;
    }
}
