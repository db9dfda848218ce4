using System.Globalization;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Backtest;
using Streaming.Inference.Series;

namespace Daemon.Tests.Backtest;

/// <summary>Data that no model likes: forecasts stay numbers of a size that has been seen.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int Rows = 500;

    private static readonly string[] Kinds = ["constant", "zero", "sentinel", "up", "spikes", "tiny", "alternating"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string profile in new[] { "scale", "balanced", "accuracy" })
        {
            foreach (string kind in Kinds)
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
        string file = folder.Write($"{kind}.csv", ToWide([values]));
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

    /// <summary>Each is forecast from all the others, too; two have no value or one.</summary>
    [Fact]
    public void Replay_BadValuesOfAGroup_ForecastsNumbersInOrder()
    {
        double[] single = [.. Enumerable.Range(0, Rows).Select(t => t == 250 ? 4 : double.NaN)];
        double[] missing = [.. Enumerable.Repeat(double.NaN, Rows)];
        string file = folder.Write("group.csv", ToWide([.. Kinds.Select(Values), single, missing]));
        var run = new BacktestRun(BacktestSetup.Request(file, "accuracy", new() { Horizons = [1, 6] }));
        BacktestFile read = Assert.Single(run.Read());
        int steps = 0;

        run.Replay(read, (_, _) => { }, CancellationToken.None, Check);

        Assert.True(read.IsGroup);
        Assert.Equal((Kinds.Length * Rows) + 1, steps);

        void Check(in IssuedStep issued)
        {
            steps++;
            Assert.All(issued.Yhat.ToArray(), forecast => Assert.True(double.IsFinite(forecast)));
            Assert.InRange(issued.Head.Score, 0, 1);
            for (int q = 0; q < issued.Quantiles.Length && issued.Head.Steps > 1; q++)
            {
                Assert.True(double.IsFinite(issued.Quantiles[q]));
                Assert.True(q < issued.Yhat.Length || issued.Quantiles[q - issued.Yhat.Length] <= issued.Quantiles[q]);
            }
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

    private static string ToWide(double[][] columns) =>
        $"time,{string.Join(',', columns.Select((_, c) => $"c{c}"))}\n" + string.Concat(Enumerable.Range(0, Rows).Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"{HourlyStreams.TimeOf(t):s},{Line(columns, t)}\n")));

    private static string Line(double[][] columns, int row) => string.Join(',', columns.Select(column =>
        double.IsNaN(column[row]) ? "" : column[row].ToString("R", CultureInfo.InvariantCulture)));
}
