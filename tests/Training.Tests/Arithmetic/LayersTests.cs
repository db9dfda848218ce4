using Streaming.Inference.Kernels;
using Streaming.Training.Network;

namespace Streaming.Training.Tests.Arithmetic;

/// <summary>Gradients as a whole are checked by finite differences, see ChunkGradientTests.</summary>
public sealed class LayersTests
{
    public static TheoryData<int, int, int, int> Sizes => new()
    {
        { 1, 16, 1, 1 }, { 5, 32, 7, 3 }, { 8, 16, 8, 2 }, { 3, 48, 6, 4 }, { 32, 80, 13, 2 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Forward_AnyShape_MatchesTheEquations(int inputs, int units, int rows, int steps)
    {
        var layer = new LayerCase(inputs, units, rows, steps, seed: 23);

        layer.Forward(VectorForms.Best, new(0, rows));

        for (int place = 0; place < rows * steps; place++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                double i = Sigmoid(Sum(layer, place, 0, unit)), f = Sigmoid(Sum(layer, place, 1, unit));
                double g = Math.Tanh(Sum(layer, place, 2, unit)), o = Sigmoid(Sum(layer, place, 3, unit));
                int before = (place * units) + unit, after = ((place + rows) * units) + unit;
                double c = (f * layer.Cell[before]) + (i * g);
                Assert.Equal(c, layer.Cell[after], 2e-6);
                Assert.Equal(Math.Tanh(c), layer.Tanh[before], 2e-6);
                Assert.Equal(o * Math.Tanh(c), layer.Hidden[after], 2e-6);
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Backward_AnyShape_MatchesTheEquations(int inputs, int units, int rows, int steps)
    {
        var layer = new LayerCase(inputs, units, rows, steps, seed: 27);
        layer.Forward(VectorForms.Best, new(0, rows));
        float[] gates = [.. layer.Gates], slopes = [.. layer.Slopes], cellSlopes = [.. layer.CellSlopes];

        layer.Backward(VectorForms.Best, new(0, rows));

        double[] cells = Array.ConvertAll(cellSlopes, slope => (double)slope);
        for (int place = (rows * steps) - 1; place >= 0; place--)
        {
            double Gate(int gate, int unit) => gates[layer.GateIndex(place, gate, unit)];
            for (int unit = 0; unit < units; unit++)
            {
                int at = (place * units) + unit, cell = (place % rows * units) + unit;
                double i = Gate(0, unit), f = Gate(1, unit), g = Gate(2, unit), o = Gate(3, unit);
                double tanh = layer.Tanh[at], next = place + rows < rows * steps ? layer.Back(place + rows, unit) : 0;
                double dh = slopes[at] + next, dc = cells[cell] + (dh * o * (1 - (tanh * tanh)));
                Assert.Equal(dc * g * i * (1 - i), layer.Gates[layer.GateIndex(place, 0, unit)], 2e-5);
                Assert.Equal(dc * layer.Cell[at] * f * (1 - f), layer.Gates[layer.GateIndex(place, 1, unit)], 2e-5);
                Assert.Equal(dc * i * (1 - (g * g)), layer.Gates[layer.GateIndex(place, 2, unit)], 2e-5);
                Assert.Equal(dh * tanh * o * (1 - o), layer.Gates[layer.GateIndex(place, 3, unit)], 2e-5);
                Assert.Equal(layer.Back(place, unit), layer.Slopes[at], 2e-5);
                cells[cell] = dc * f;
            }
        }

        Assert.All(cells.Zip(layer.CellSlopes), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void ForwardAndBack_EveryWidthAndShareOfRows_GivesTheSameBits(int inputs, int units, int rows, int steps)
    {
        float[] expected = Run(VectorForm.Scalar, 1);

        Assert.All(
            Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported),
            form => Assert.All([1, 2, 3], workers => Assert.Equal(expected, Run(form, workers))));

        float[] Run(VectorForm form, int workers)
        {
            var layer = new LayerCase(inputs, units, rows, steps, seed: 24);
            for (int worker = 0; worker < workers; worker++)
            {
                layer.Forward(form, RowRange.Share(rows, worker, workers));
            }

            for (int worker = 0; worker < workers; worker++)
            {
                layer.Backward(form, RowRange.Share(rows, worker, workers));
            }

            return layer.Results();
        }
    }

    [Fact]
    public void Forward_NaNInAnInput_ReachesThatRowAlone()
    {
        var layer = new LayerCase(inputs: 4, units: 32, rows: 6, steps: 3, seed: 25);
        layer.Seen[(6 + 2) * 4] = float.NaN; // step 1, row 2

        layer.Forward(VectorForms.Best, new(0, 6));

        for (int place = 0; place < 24; place++)
        {
            bool isHit = place is 14 or 20; // after step 1 and 2; the carried state comes first
            Assert.All(
                layer.Hidden.AsSpan(place * 32, 32).ToArray(), hidden => Assert.Equal(isHit, float.IsNaN(hidden)));
        }
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(-1, 2)]
    [InlineData(5, 2)]
    public void Forward_RowsThatAreNotThere_Throws(int first, int count)
    {
        var layer = new LayerCase(inputs: 4, units: 16, rows: 6, steps: 3, seed: 26);

        Assert.Throws<ArgumentException>(() => layer.Forward(VectorForms.Best, new(first, count)));
        Assert.Throws<ArgumentException>(() => layer.Backward(VectorForms.Best, new(first, count)));
    }

    private static double Sum(LayerCase layer, int place, int gate, int unit)
    {
        int panel = unit / 16, lane = (gate * 16) + (unit % 16); // as LayerCase.GateIndex
        double sum = layer.Bias[(panel * 64) + lane];
        for (int k = 0; k < layer.Inputs; k++)
        {
            sum += (double)layer.Seen[(place * layer.Inputs) + k]
                * layer.InputWeights[(((panel * layer.Inputs) + k) * 64) + lane];
        }

        for (int k = 0; k < layer.Units; k++)
        {
            sum += (double)layer.Hidden[(place * layer.Units) + k]
                * layer.RecurrentWeights[(((panel * layer.Units) + k) * 64) + lane];
        }

        return sum;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
