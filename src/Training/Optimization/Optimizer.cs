using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;
using Streaming.Training.Network;

namespace Streaming.Training.Optimization;

/// <summary>Moves parameters against gradients and remembers what its rule needs of those it has seen.</summary>
/// <remarks>Bias corrections are powers by repeated products in double. Not thread-safe.</remarks>
internal sealed class Optimizer(ParameterLayout layout, OptimizerOptions options)
{
    private readonly AlignedFloats first = new(layout.Length);
    private readonly AlignedFloats second = new(layout.Length);
    private double meanPower = 1;
    private double squarePower = 1;

    /// <summary>Forgets all gradients.</summary>
    public void Reset()
    {
        first.Span.Clear();
        second.Span.Clear();
        meanPower = 1;
        squarePower = 1;
    }

    /// <summary>Copies what it remembers.</summary>
    public OptimizerState Capture() => new(Unpack(first), Unpack(second), meanPower, squarePower);

    /// <summary>Goes on from what another remembered.</summary>
    /// <exception cref="ArgumentException">A length disagrees.</exception>
    public void Restore(OptimizerState state)
    {
        ParameterPacking.Pack(ModelParameters.Of(layout.Shape, state.First), layout, first.Span);
        ParameterPacking.Pack(ModelParameters.Of(layout.Shape, state.Second), layout, second.Span);
        meanPower = state.MeanPower;
        squarePower = state.SquarePower;
    }

    /// <summary>Makes one update.</summary>
    /// <param name="parameters">Rewritten, in the training layout.</param>
    /// <param name="gradient">In the same layout.</param>
    /// <param name="rate">Step size.</param>
    /// <exception cref="ArgumentException">A length disagrees.</exception>
    public void Step(Span<float> parameters, Span<float> gradient, double rate)
    {
        switch (options.Kind)
        {
            case OptimizerKind.Sgd:
                Run(new SgdRule((float)options.Momentum, (float)rate), parameters, gradient);
                break;
            case OptimizerKind.RmsProp:
                Run(
                    new RmsPropRule(
                        (float)options.SquareDecay, (float)(1 - options.SquareDecay), (float)rate,
                        (float)options.Floor),
                    parameters,
                    gradient);
                break;
            case OptimizerKind.AdamW:
                layout.ScaleWeights(parameters, (float)(1 - (rate * options.WeightDecay)));
                Run(NextAdamRule(rate), parameters, gradient);
                break;
            default:
                Run(NextAdamRule(rate), parameters, gradient);
                break;
        }
    }

    private float[] Unpack(AlignedFloats moments)
    {
        var torch = new ModelParameters(layout.Shape);
        ParameterPacking.Unpack(moments.Span, layout, torch);
        return torch.Values;
    }

    private void Run<TRule>(TRule rule, Span<float> parameters, Span<float> gradient)
        where TRule : struct, IUpdateRule =>
        UpdateLoop.Run(rule, parameters, gradient, first.Span, second.Span);

    private AdamRule NextAdamRule(double rate)
    {
        meanPower *= options.MeanDecay;
        squarePower *= options.SquareDecay;
        return new(
            (float)options.MeanDecay,
            (float)(1 - options.MeanDecay),
            (float)options.SquareDecay,
            (float)(1 - options.SquareDecay),
            (float)(rate / (1 - meanPower)),
            (float)(1 / Math.Sqrt(1 - squarePower)),
            (float)options.Floor);
    }
}
