using System.Globalization;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Backtest;
using Streaming.Inference.Series;

namespace Daemon.Tests.Backtest;

/// <summary>Data that no model likes: forecasts stay numbers of a size that has been seen.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int Rows = 500;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string profile in new[] { "scale", "balanced", "accuracy" })
        {
            foreach (string kind in new[] { "constant", "zero", "sentinel", "up", "spikes", "tiny", "alternating" })
            {
                cases.Add(kind, profile);
            }
        }

        return cases;
    }

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void Replay_BadValues_ForecastsNumbersOfTheirSize(string kind, string profile)
    {
        double[] values = Values(kind);
        string file = folder.Write($"{kind}.csv", ToWide(values));
        double largest = values.Max(Math.Abs);
        var run = new BacktestRun(BacktestSetup.Request(
            file, profile, new() { Protocol = BacktestProtocol.A, Horizons = [1, 6] }));

        FileBacktest done = run.Replay(Assert.Single(run.Read()), (_, _) => { }, CancellationToken.None, Check);

        Assert.All(done.Results, result => Assert.NotNull(result.Mse));
        double least = kind == "tiny" ? 0 : 0.5; // what is as good as zero has no size to track
        Assert.All(done.Results, result => Assert.InRange(result.Coverage90!.Value, least, 1));

        void Check(in IssuedStep issued)
        {
            foreach (double forecast in issued.Yhat)
            {
                Assert.InRange(forecast, -100 * largest, 100 * largest);
            }

            foreach (double quantile in issued.Quantiles)
            {
                Assert.True(double.IsFinite(quantile) || issued.Head.Steps == 1);
            }

            Assert.InRange(issued.Head.Score, 0, 1);
        }
    }

    private static double[] Values(string kind)
    {
        var random = new Random(7);
        double[] plain =
            [.. Enumerable.Range(0, Rows).Select(t => 20 + (5 * Math.Sin(t * Math.PI / 12)) + random.NextDouble())];
        return kind switch
        {
            "constant" => [.. plain.Select(_ => 5.25)],
            "zero" => new double[Rows],
            "sentinel" => [.. plain.Select(x => random.Next(30) == 0 ? -9999 : x)],
            "up" => [.. plain.Select((x, t) => t < 300 ? x : x * 1e30)],
            "spikes" => [.. plain.Select((x, t) => t % 100 == 50 ? 1e30 : x)],
            "tiny" => [.. plain.Select(x => x * 1e-300)],
            _ => [.. plain.Select((x, t) => t % 2 == 0 ? 1e30 : -1e30)],
        };
    }

    private static string ToWide(double[] values) => "time,value\n" + string.Concat(values.Select((value, t) =>
        string.Create(CultureInfo.InvariantCulture, $"{HourlyStreams.TimeOf(t):s},{value:R}\n")));
}
