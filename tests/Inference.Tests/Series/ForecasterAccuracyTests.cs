using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>Promise 3, on synthetic streams: as good as the better simple method, with honest intervals.</summary>
public sealed class ForecasterAccuracyTests
{
    private const int Season = 12;

    private static readonly ForecasterSettings Settings = Partition.SmallSettings with
    {
        Horizons = [1, 4, 12],
    };

    [Theory]
    [InlineData(0.2f)]
    [InlineData(5f)]
    public void Step_RandomWalk_IsAsGoodAsPersistence(float networkRange)
    {
        var random = new Random(Seed: 1);
        double level = 100;
        double[] values = [.. Enumerable.Range(0, 3_000).Select(_ => level += Normal(random))];
        Partition partition = Run(values, networkRange);

        for (int k = 0; k < 3; k++)
        {
            int h = Settings.Horizons[k];
            Assert.InRange(Error(partition, values, k) / Error(values, h, t => values[t]), 0, 1.02);
        }
    }

    [Theory]
    [InlineData(0.2f)]
    [InlineData(5f)]
    public void Step_SeasonalSeries_IsAsGoodAsSeasonalNaive(float networkRange)
    {
        var random = new Random(Seed: 2);
        double[] values = [.. Enumerable.Range(0, 3_000)
            .Select(i => 50 + (10 * Math.Sin(2 * Math.PI * i / Season)) + Normal(random))];
        Partition partition = Run(values, networkRange);

        for (int k = 0; k < 3; k++)
        {
            int h = Settings.Horizons[k];
            Assert.InRange(Error(partition, values, k) / Error(values, h, t => values[t + h - Season]), 0, 1.02);
        }
    }

    [Theory]
    [InlineData(0.2f)]
    [InlineData(5f)]
    public void Step_RegimeChanges_IsNeverFarFromTheBetterSimpleMethod(float networkRange)
    {
        var random = new Random(Seed: 3);
        double level = 0;
        double[] values = [.. Enumerable.Range(0, 6_000).Select(i => i / 1_000 % 2 == 0
            ? 10 * Math.Sin(2 * Math.PI * i / Season)
            : level += Normal(random))];
        Partition partition = Run(values, networkRange);

        for (int k = 0; k < 3; k++)
        {
            int h = Settings.Horizons[k];
            double persistence = Error(values, h, t => values[t]);
            double seasonal = Error(values, h, t => values[t + h - Season]);
            Assert.InRange(Error(partition, values, k) / Math.Min(persistence, seasonal), 0, 1.02);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Season)]
    public void Step_NoiseOfEqualSpread_CoversNinetyPercent(int season)
    {
        var random = new Random(Seed: 4);
        double[] values = [.. Enumerable.Range(0, 5_000).Select(_ => 7 + Normal(random))];
        Partition partition = Run(values, 0.2f, season);
        List<StepResult> results = partition.Results[0];

        for (int k = 0; k < 3; k++)
        {
            int h = Settings.Horizons[k];
            double covered = Enumerable.Range(200, values.Length - 200 - h).Average(t =>
                values[t + h] >= results[t].Quantiles[k] && values[t + h] <= results[t].Quantiles[6 + k] ? 1.0 : 0.0);
            Assert.InRange(covered, 0.87, 0.93);
        }

        Assert.InRange((double)partition.Scores.Covered / partition.Scores.WithInterval, 0.87, 0.93);
    }

    [Fact]
    public void Step_FirstSteps_IntervalOfARandomWalkIsRoughlyRight()
    {
        int covered = 0, all = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            double level = 100;
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => level += Normal(random))];
            Partition partition = Run(values, 0.2f);
            for (int t = 5; t < 20; t++)
            {
                for (int k = 0; k < 3; k++)
                {
                    double actual = values[t + Settings.Horizons[k]];
                    double[] quantiles = partition.Results[0][t].Quantiles;
                    covered += actual >= quantiles[k] && actual <= quantiles[6 + k] ? 1 : 0;
                    all++;
                }
            }
        }

        Assert.InRange((double)covered / all, 0.84, 0.96);
    }

    [Fact]
    public void Step_SpikeInACalmSeries_RaisesOneAlarm()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            double[] values = [.. Enumerable.Range(0, 900).Select(_ => 20 + (0.1 * (random.NextDouble() - 0.5)))];
            values[600] += 5;
            Partition partition = Run(values, 0.2f);

            Assert.Equal([600], Alarms(partition));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Step_SpikeInAConstantSeries_RaisesOneAlarm(double level)
    {
        double[] values = [.. Enumerable.Repeat(level, 300)];
        values[150] += 50;
        Partition partition = Run(values, 0.2f);

        Assert.Equal([150], Alarms(partition));
    }

    [Fact]
    public void Step_FirstResiduals_RaiseNoAlarm()
    {
        var random = new Random(Seed: 9);
        double[] values = [.. Enumerable.Range(0, 25).Select(i => i % 7 == 6 ? 1e9 : random.NextDouble())];

        Assert.Empty(Alarms(Run(values, 5f)));
    }

    private static Partition Run(double[] values, float networkRange, int season = Season)
    {
        Partition partition = Partition.OfEvents(Settings, Partition.LivelyModel(Settings, 1, networkRange), season);
        foreach (double value in values)
        {
            partition.Push(value);
        }

        return partition;
    }

    private static int[] Alarms(Partition partition) =>
        [.. partition.Results[0].Index().Where(r => r.Item.Alarm != AnomalyKind.None).Select(r => r.Index)];

    private static double Error(Partition partition, double[] values, int horizon) =>
        Error(values, Settings.Horizons[horizon], t => partition.Results[0][t].Yhat[horizon]);

    /// <summary>Root mean squared error of a forecast over all steps from the hundredth on.</summary>
    private static double Error(double[] values, int horizonSteps, Func<int, double> forecast) =>
        Math.Sqrt(Enumerable.Range(100, values.Length - 100 - horizonSteps)
            .Average(t => (values[t + horizonSteps] - forecast(t)) * (values[t + horizonSteps] - forecast(t))));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
