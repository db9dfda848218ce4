using System.Text;
using System.Text.Json;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Pipeline.Questions;

public sealed class HistoryTests
{
    private const int Steps = 60;

    [Fact]
    public void Points_OfASeries_AreItsValuesBesideWhatWasPublishedOfThem()
    {
        MemoryBroker broker = Streams(1);
        SeriesReport report = Ask(broker, Pod.SmallOptions(), "e0")[^1]!;

        Dictionary<DateTime, double> published = broker.Forecasts.Select(m => JsonDocument.Parse(m.Text).RootElement)
            .ToDictionary(m => m.GetProperty("time").GetDateTime(), m => m.GetProperty("yhat")[0].GetDouble());
        Assert.Equal(Steps, report.Points.Count);
        Assert.True(report.HasHistory);
        for (int i = 1; i < Steps; i++)
        {
            HistoryPoint point = report.Points[i];
            var before = new DateTime(report.Points[i - 1].TimeTicks, DateTimeKind.Utc);
            Assert.Equal(ValueOf(0, i), point.Value);
            Assert.Equal(published[before], point.Yhat, 1e-5 * Math.Max(1, Math.Abs(point.Yhat)));
            Assert.False(point.Yhat > point.Upper || point.Yhat < point.Lower);
        }

        Assert.NotEmpty(report.Experts);
        Assert.Equal(1, report.Experts.Sum(expert => expert.Value), 1e-4);
        Assert.True(double.IsFinite(report.Rank.ErrorRatio));
    }

    [Fact]
    public void Points_NoRoomAtAll_AreTheValuesOfTheWindow()
    {
        ForecasterOptions options = Pod.SmallOptions() with { Http = new() { HistoryBytes = 0 } };

        SeriesReport report = Ask(Streams(1), options, "e0")[^1]!;

        Assert.False(report.HasHistory);
        Assert.Equal(options.Series.WindowSteps, report.Points.Count);
        Assert.Equal(ValueOf(0, Steps - 1), report.Points[^1].Value);
        Assert.All(report.Points, point => Assert.True(double.IsNaN(point.Yhat)));
        Assert.NotNull(report.Fan);
    }

    [Fact]
    public void Look_NoRoomIsLeft_TakesItFromWhoWasNotLookedAtForLongest()
    {
        var history = new SeriesHistory(2 * HistoryRing.Bytes);
        using var pod = new Pod(Streams(1), Pod.SmallOptions());
        var table = pod.Factory.NewTable();
        var series = Enumerable.Range(0, 4).Select(i => table.Add([(byte)('a' + i)], 0)).ToArray();
        foreach (var one in series)
        {
            history.Add(one, 0, new HistoryPoint { Value = 7 }, []);
        }

        HistoryRing?[] first = [.. series.Select(HistoryOf)];
        Assert.Equal([true, true, false, false], first.Select(ring => ring is not null));

        Assert.Equal(0, history.Look(series[2], 0)!.Count); // a's: neither was looked at
        Assert.NotNull(history.Look(series[1], 0));
        Assert.NotNull(history.Look(series[3], 0)); // c's
        Assert.Equal([false, true, false, true], series.Select(one => HistoryOf(one) is not null));

        history.Forget(0);
        Assert.Equal(0, history.Count);
        Assert.All(series, one => Assert.Null(HistoryOf(one)));
    }

    [Fact]
    public void Add_SeriesThatWereLetGoHaveTheRoom_OthersGetIt()
    {
        var history = new SeriesHistory(HistoryRing.Bytes);
        using var pod = new Pod(Streams(1), Pod.SmallOptions());
        var table = pod.Factory.NewTable();
        var (gone, next) = (table.Add("gone"u8, 0), table.Add("next"u8, 0));
        history.Add(gone, 0, default, []);
        history.Add(next, 0, default, []);
        Assert.Null(HistoryOf(next));

        history.Forget(0);
        history.Add(next, 0, default, []);

        Assert.NotNull(HistoryOf(next));
    }

    private static HistoryRing? HistoryOf(Streaming.Inference.Series.SeriesState series) =>
        Streaming.Daemon.Pipeline.SeriesIdentity.Of(series).History;

    private static double ValueOf(int series, int step) => ((step * 7) + series) % 11;

    private static MemoryBroker Streams(int series)
    {
        var broker = new MemoryBroker(1);
        for (int step = 0; step < Steps; step++)
        {
            for (int s = 0; s < series; s++)
            {
                broker.AddEvent(0, $"e{s}", Pod.Start.AddSeconds(step), ValueOf(s, step));
            }
        }

        return broker;
    }

    /// <summary>What a lane answers at the end, or as often as it turns then.</summary>
    private static SeriesReport?[] Ask(MemoryBroker broker, ForecasterOptions options, string id)
    {
        using var pod = new Pod(broker, options);
        var asked = new List<SeriesQuestion>();
        pod.RunToEnd(also: _ =>
        {
            if (pod.Port.IsAtEnd)
            {
                asked.Add(new(Encoding.UTF8.GetBytes(id), withHistory: true));
                Assert.True(pod.Face.Mailbox.TryAsk(asked[^1]));
            }
        });
        return [.. asked.Where(question => question.Answer.IsCompletedSuccessfully).Select(q => q.Answer.Result)];
    }
}
