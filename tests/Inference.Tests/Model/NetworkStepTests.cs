using Streaming.Inference.Kernels;
using Streaming.Inference.Model;

namespace Inference.Tests.Model;

public sealed class NetworkStepTests
{
    private static VectorForm[] SupportedForms => [.. Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported)];

    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 0, 1 },
        { 8, 16, 2, 0, 1 },
        { 5, 20, 3, 7, 3 },
        { 8, 32, 2, 24, 24 },
        { 3, 64, 2, 16, 5 },
        { 8, 70, 2, 33, 17 },
        { 8, 128, 1, 1, 4 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Run_ThousandSteps_StaysWithin2e7OfFloat64(int inputs, int hidden, int layers, int skip, int outputs)
    {
        const int Steps = 1_000;
        var shape = new ModelShape(inputs, hidden, layers, skip, outputs);
        var random = new Random(Seed: hidden);
        ModelParameters parameters = RandomModel.Parameters(shape, random);
        var reference = new ReferenceNetwork(parameters);
        var fleet = new Fleet(VectorForms.Best, parameters, series: 1, maxBatch: 4);
        var actual = new float[outputs];
        double worstHidden = 0, worstOutput = 0;

        for (int t = 0; t < Steps; t++)
        {
            float[] x = RandomModel.Floats(random, inputs), s = RandomModel.Floats(random, skip);
            double[] expected = reference.Step(x, s);
            fleet.Step([0], x, s, actual);
            float[] states = fleet.States();
            for (int l = 0; l < layers; l++)
            {
                for (int u = 0; u < hidden; u++)
                {
                    double error = Math.Abs(reference.Hidden[l][u] - states[(2 * l * hidden) + u]);
                    worstHidden = Math.Max(worstHidden, error);
                }
            }

            worstOutput = Math.Max(worstOutput, expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max());
        }

        Assert.InRange(worstHidden, 0, 2e-7);
        Assert.InRange(worstOutput, 0, 2e-6);
    }

    [Fact]
    public void Run_AnyFormBatchAndPosition_GivesTheSameBits()
    {
        var random = new Random(Seed: 11);
        for (int trial = 0; trial < 60; trial++)
        {
            ModelParameters parameters = RandomModel.Parameters(RandomModel.Shape(random, maxHidden: 70), random);
            ModelShape shape = parameters.Shape;
            int series = random.Next(1, 12);
            var alone = new Fleet(VectorForm.Scalar, parameters, series, maxBatch: 1);
            (VectorForm Form, Fleet Fleet)[] fleets =
                [.. SupportedForms.Select(form => (form, new Fleet(form, parameters, series, random.Next(1, 12))))];
            for (int t = 0; t < 5; t++)
            {
                float[] x = RandomModel.Floats(random, series * shape.Inputs, range: 4);
                float[] s = RandomModel.Floats(random, series * shape.SkipInputs);
                float[] expected = new float[series * shape.Outputs], actual = new float[expected.Length];
                for (int i = 0; i < series; i++)
                {
                    alone.Step([i], x, s, expected);
                }

                foreach ((VectorForm form, Fleet fleet) in fleets)
                {
                    int[] order = [.. Enumerable.Range(0, series)];
                    random.Shuffle(order);
                    int split = random.Next(0, series + 1);
                    fleet.Step(order[..split], x, s, actual);
                    fleet.Step(order[split..], x, s, actual);

                    AssertSameBits(expected, actual, $"{form}, {shape}, outputs");
                    AssertSameBits(alone.States(), fleet.States(), $"{form}, {shape}, states");
                }
            }
        }
    }

    private static void AssertSameBits(float[] expected, float[] actual, string what) =>
        Assert.True(Fleet.Bits(expected).SequenceEqual(Fleet.Bits(actual)), what);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_NaNOrInfinityInOneSeries_SpoilsNoOther(float poison)
    {
        var random = new Random(Seed: 5);
        ModelParameters parameters = RandomModel.Parameters(new ModelShape(3, 20, 2, 5, 3), random);
        float[] clean = RandomModel.Floats(random, 9 * 3), skip = RandomModel.Floats(random, 9 * 5);
        float[] poisoned = [.. clean];
        poisoned[4 * 3] = poison;
        int[] order = [.. Enumerable.Range(0, 9)];
        foreach (VectorForm form in SupportedForms)
        {
            var fleet = new Fleet(form, parameters, 9, 9);
            var other = new Fleet(form, parameters, 9, 9);
            float[] expected = new float[27], actual = new float[27];

            fleet.Step(order, clean, skip, expected);
            other.Step(order, poisoned, skip, actual);

            Assert.Equal(expected[..12], actual[..12]);
            Assert.Equal(expected[15..], actual[15..]);
            if (float.IsNaN(poison))
            {
                Assert.All(actual[12..15], y => Assert.True(float.IsNaN(y)));
                Assert.Equal(80, other.States().Count(float.IsNaN));
            }
        }
    }

    [Fact]
    public void Run_HugeInputs_SaturatesWithoutNaNInEveryForm()
    {
        ModelParameters parameters = RandomModel.Parameters(new ModelShape(2, 16, 2, 0, 1), new Random(Seed: 6));
        foreach (VectorForm form in SupportedForms)
        {
            Fleet fleet = new(form, parameters, 1, 1), scalar = new(VectorForm.Scalar, parameters, 1, 1);
            var outputs = new float[1];
            foreach (float x in new[] { 1e3f, -1e3f, 1e30f, -1e30f, 3e38f, -3e38f, 0f })
            {
                fleet.Step([0], [x, -x], [], outputs);
                scalar.Step([0], [x, -x], [], outputs);

                Assert.All(fleet.States(), value => Assert.True(float.IsFinite(value)));
                Assert.Equal(scalar.States(), fleet.States());
            }
        }
    }

    [Fact]
    public void Run_AnyBatch_AllocatesNothing()
    {
        var shape = new ModelShape(8, 32, 2, 24, 3);
        var weights = ModelWeights.Pack(ModelInitializer.Create(shape, seed: 1));
        var states = new StateTable(shape, 100);
        int[] rows = [.. Enumerable.Range(0, 100).Select(_ => states.Rent())];
        var scratch = new StepScratch(shape, 64);
        float[] inputs = new float[800], skip = new float[2_400], outputs = new float[300];
        int[] counts = [100, 1, 2, 3, 0];

        long allocatedBytes = Allocation.Least(() =>
        {
            foreach (int count in counts)
            {
                NetworkStep.Run(weights, states, rows.AsSpan(0, count), inputs.AsSpan(0, count * 8),
                    skip.AsSpan(0, count * 24), outputs.AsSpan(0, count * 3), scratch);
            }
        });

        Assert.Equal(0, allocatedBytes);
    }

    [Fact]
    public void Run_WrongLengthsRowsOrShapes_Throws()
    {
        var shape = new ModelShape(2, 4, 1, 3, 1);
        var weights = ModelWeights.Pack(new ModelParameters(shape));
        var states = new StateTable(shape, 4);
        var scratch = new StepScratch(shape, 4);
        int row = states.Rent();
        var otherStates = new StateTable(new ModelShape(2, 5, 1, 3, 1), 4);

        void Run(StateTable table, int index, int inputs, int skip, int outputs) => NetworkStep.Run(
            weights, table, [index], new float[inputs], new float[skip], new float[outputs], scratch);

        Run(states, row, inputs: 2, skip: 3, outputs: 1);
        Assert.Throws<ArgumentException>(() => Run(states, row, inputs: 3, skip: 3, outputs: 1));
        Assert.Throws<ArgumentException>(() => Run(states, row, inputs: 2, skip: 2, outputs: 1));
        Assert.Throws<ArgumentException>(() => Run(states, row, inputs: 2, skip: 3, outputs: 2));
        Assert.Throws<ArgumentException>(() => Run(otherStates, row, inputs: 2, skip: 3, outputs: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(states, row + 1, inputs: 2, skip: 3, outputs: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(states, -1, inputs: 2, skip: 3, outputs: 1));
    }
}
