using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class OpenCovariatesTests
{
    [Fact]
    public void Grid_AnyOrderWithinTheGrace_KeepsTheLatestOfEachStep()
    {
        const long Step = TimeSpan.TicksPerMinute;
        var profile = new SeriesProfile { StepTicks = Step, GraceTicks = 7 * Step };
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            long[] times = [.. Enumerable.Range(0, 60).Select(i => RandomStream.Start + (i * Step / 9))];
            double[][] covariates = [.. times.Select(_ => FeatureReference.Covariates(random))];
            var grid = new Grid(profile, covariates: 2);
            foreach (int n in Enumerable.Range(0, times.Length).OrderBy(_ => random.Next()))
            {
                grid.Add(times[n], value: n, times[n], covariates[n]);
            }

            foreach (IGrouping<long, int> step in Enumerable.Range(0, times.Length).GroupBy(n => times[n] / Step))
            {
                var actual = new double[2];

                Assert.True(grid.TryClose(ValueKind.Gauge, actual, out ClosedStep closed));
                Assert.Equal(step.Key, closed.Index);
                Assert.All([0, 1], c => Assert.Equal(
                    step.Select(n => covariates[n][c]).LastOrDefault(value => !double.IsNaN(value), double.NaN), actual[c]));
            }
        }
    }

    [Fact]
    public void Add_SameTime_TakesTheLastToCome()
    {
        var open = new OpenCovariates(1);
        var actual = new double[1];
        open.Insert(0, 0);

        open.Add(0, 5, [1]);
        open.Add(0, 5, [2]);
        open.Add(0, 4, [3]);
        open.Add(0, 6, []);
        open.Take(1, actual);

        Assert.Equal(2, actual[0]);
    }
}
