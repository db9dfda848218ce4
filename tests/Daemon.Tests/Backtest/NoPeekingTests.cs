using Daemon.Tests.Configuration;
using Daemon.Tests.Pipeline;
using Streaming.Daemon.Backtest;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Daemon.Tests.Backtest;

/// <summary>Every value after a moment replaced by noise: all forecasts up to it stay bit-identical, in every profile.
/// </summary>
public sealed class NoPeekingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>From the network's training to its last fine-tuning, groups and gaps included.</summary>
    [Theory]
    [InlineData("scale", 500)]
    [InlineData("balanced", 530)]
    [InlineData("accuracy", 561)]
    [InlineData("accuracy", 617)]
    public void Backtest_ValuesAfterTReplacedByNoise_LeavesEveryForecastUpToTBitIdentical(string profile, int t)
    {
        var streams = new HourlyStreams(seed: t, series: 3, hours: 660);

        List<(long Time, long[] Bits)> plain = Backtest(streams, profile);
        List<(long Time, long[] Bits)> noisy = Backtest(streams.WithNoiseFrom(t), profile);

        long end = HourlyStreams.TimeOf(t).Ticks;
        Assert.Equal(
            plain.Where(step => step.Time < end).SelectMany(step => step.Bits),
            noisy.Where(step => step.Time < end).SelectMany(step => step.Bits));
        Assert.NotEqual(
            plain.Where(step => step.Time >= end).SelectMany(step => step.Bits),
            noisy.Where(step => step.Time >= end).SelectMany(step => step.Bits));
        Assert.InRange(plain.Count(step => step.Time < end), 2 * t, 3 * t);
    }

    /// <summary>From records in a log to what is published.</summary>
    [Theory]
    [InlineData(ExpertProfile.Scale, 2)]
    [InlineData(ExpertProfile.Balanced, 3)]
    [InlineData(ExpertProfile.Accuracy, 4)]
    public void Lane_ValuesAfterTReplacedByNoise_PublishesTheSameBytesUpToT(ExpertProfile profile, int seed)
    {
        var streams = new HourlyStreams(seed, series: 3, hours: 300);
        const int Row = 190;
        long offset = streams.Present().TakeWhile(place => place.Row < Row).Count();

        string[] plain = Published(streams), noisy = Published(streams.WithNoiseFrom(Row));

        Assert.Equal(plain, noisy);
        Assert.InRange(plain.Length, Row, 4 * Row);

        // The first changed record closes a step by its time alone, so that forecast must not change either.
        string[] Published(HourlyStreams of)
        {
            MemoryBroker broker = of.ToBroker();
            using var pod = new Pod(broker, LaneOptions(profile));
            pod.RunToEnd(_ => pod.Port.PollLimit = 50);
            return [.. broker.Forecasts.Where(m => m.Origin.Offset <= offset).Select(m => m.Whole)];
        }
    }

    internal static ForecasterOptions LaneOptions(ExpertProfile profile) => Pod.SmallOptions() with
    {
        Series = new() { Step = "01:00:00", MaxSkew = TimeSpan.FromHours(3), WindowSteps = 96, Profile = profile },
        Rules = [],
        Groups = profile == ExpertProfile.Accuracy
            ? [new() { Members = [.. Enumerable.Range(0, 3).Select(HourlyStreams.IdOf)] }]
            : [],
    };

    private List<(long Time, long[] Bits)> Backtest(HourlyStreams streams, string profile)
    {
        string file = folder.Write($"{profile}.csv", streams.ToWide());
        var run = new BacktestRun(BacktestSetup.Request(
            file, profile, new() { Protocol = BacktestProtocol.A, Horizons = [1, 6], Network = NetworkChoice.Tuned }));
        var steps = new List<(long, long[])>();
        run.Replay(Assert.Single(run.Read()), (_, _) => { }, CancellationToken.None, Keep);
        return steps;

        void Keep(in IssuedStep issued)
        {
            if (!issued.Step.IsHeld) // those that fill a gap come once it has ended, and are no forecasts
            {
                steps.Add((issued.Step.TimeTicks, BitsOf(issued)));
            }
        }
    }

    private static long[] BitsOf(in IssuedStep issued) =>
    [
        SeriesReplay.PlaceOf(issued.Step.Series), BitConverter.DoubleToInt64Bits(issued.Step.Value),
        .. issued.Yhat.ToArray().Concat(issued.Quantiles.ToArray()).Append(issued.Head.Score)
            .Select(BitConverter.DoubleToInt64Bits),
        issued.Head.IsAnomaly ? 1 : 0,
    ];
}
