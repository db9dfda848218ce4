using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Optimization;

public sealed class WeightPenaltyTests
{
    [Fact]
    public void AddTo_AnyParameters_AddsTheSlopeOfThePenaltyOnWeightsOnly()
    {
        var layout = new ParameterLayout(new(3, 5, 2, 2, 2));
        var parameters = new PackedParameters(new Random(61).Parameters(layout.Shape));
        float[] gradient = new Random(62).Floats(layout.Length), before = [.. gradient];

        new WeightPenalty(0.25, 0.5).AddTo(gradient, parameters.Values, layout);

        HashSet<int> weights =
            [.. layout.Weights.ToArray().SelectMany(panels => Enumerable.Range(panels.Offset, panels.Length))];
        Assert.Equal(layout.Length - (2 * 64) - 16, weights.Count);
        for (int n = 0; n < layout.Length; n++)
        {
            double weight = parameters.Values[n];
            double slope = weights.Contains(n) ? (0.25 * Math.Sign(weight)) + (0.5 * weight) : 0;
            Assert.Equal(before[n] + slope, gradient[n], 1e-6);
        }
    }
}
