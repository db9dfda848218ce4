using System.Text.Json;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Pipeline;

public sealed class PublishFilterTests
{
    private const int EverySteps = 4, EveryEvents = 3;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2_048)]
    [InlineData(true, 7)]
    public void Run_ThinnedOut_PublishesThatPartOfTheSameBytes(bool onlyAnomalies, int gatherRecords)
    {
        PublishKind publish = onlyAnomalies ? PublishKind.Anomalies : PublishKind.All;
        MemoryBroker whole = RandomStreams.Create(seed: 3, records: 500), thin = RandomStreams.Create(seed: 3, records: 500);
        using var all = new Pod(whole, Options());
        using var some = new Pod(thin, Thinned(publish, gatherRecords));

        all.RunToEnd();
        some.RunToEnd();

        string[] expected = [.. Expected(whole, publish).Order()];
        Assert.Equal(expected, Whole(thin));
        int withheld = whole.Forecasts.Count() - expected.Length;
        Assert.InRange(withheld, 50, whole.Forecasts.Count() - 20);
        Assert.Equal(withheld, some.Metrics.ForecastsWithheld.Value);
        Assert.Equal(expected.Length, some.Metrics.ForecastsPublished.Value);
        Assert.Contains(thin.Forecasts, m => m.Text.Contains("\"is\":true", StringComparison.Ordinal));
        Assert.Contains(thin.Forecasts, m => m.Text.Contains("missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ThinnedOutAndBegunAgain_PublishesWhatOneRunWould()
    {
        MemoryBroker once = RandomStreams.Create(seed: 9), twice = RandomStreams.Create(seed: 9);
        using var undisturbed = new Pod(once, Thinned(PublishKind.All, 30));
        undisturbed.RunToEnd();
        using (var first = new Pod(twice, Thinned(PublishKind.All, 30)))
        {
            first.RunToEnd(poll =>
            {
                if (poll == 5)
                {
                    first.Stop();
                }
            });
        }

        int halfway = twice.Output.Count;
        using var second = new Pod(twice, Thinned(PublishKind.All, 30));
        second.RunToEnd();

        Assert.InRange(halfway, 10, once.Output.Count - 10);
        Assert.Equal(Whole(once), Whole(twice));
    }

    [Fact]
    public void Run_RuleThinsOut_LeavesOtherSeriesWhole()
    {
        ForecasterOptions options = Options();
        MemoryBroker whole = RandomStreams.Create(seed: 4), thin = RandomStreams.Create(seed: 4);
        using var all = new Pod(whole, options);
        using var some = new Pod(thin, options with { Rules = [options.Rules[0] with { PublishEverySteps = 1_000 }] });

        all.RunToEnd();
        some.RunToEnd();

        Assert.Equal(whole.Forecasts.Count(IsOfGrid), thin.Forecasts.Count(IsOfGrid));
        Assert.True(whole.Forecasts.Count() > thin.Forecasts.Count());
    }

    private static bool IsOfGrid(OutputMessage message) => message.Key![0] == 'g';

    private static IEnumerable<string> Whole(MemoryBroker broker) => broker.Forecasts.Select(m => m.Whole).Order();

    /// <summary>Series fall silent, and some values are anomalies.</summary>
    private static ForecasterOptions Options(int gatherRecords = 2_048)
    {
        ForecasterOptions options = Pod.SmallOptions(gatherRecords);
        return options with
        {
            Series = options.Series with { SilenceSteps = 2, MaxSkew = TimeSpan.Zero },
            Pipeline = options.Pipeline with { AnomalyThreshold = 0.5 },
        };
    }

    private static ForecasterOptions Thinned(PublishKind publish, int gatherRecords)
    {
        ForecasterOptions options = Options(gatherRecords);
        return options with
        {
            Series = options.Series with { Publish = publish, PublishEverySteps = EverySteps },
            Rules = [options.Rules[0] with { PublishEverySteps = EveryEvents }],
        };
    }

    private static IEnumerable<string> Expected(MemoryBroker whole, PublishKind publish)
    {
        var events = new Dictionary<string, int>();
        foreach (OutputMessage message in whole.Forecasts)
        {
            using JsonDocument json = JsonDocument.Parse(message.Text);
            JsonElement root = json.RootElement;
            string series = root.GetProperty("series").GetString()!;
            int number = events[series] = events.GetValueOrDefault(series) + 1;
            bool isLast = IsOfGrid(message)
                ? (root.GetProperty("time").GetDateTime().Minute + 1) % EverySteps == 0
                : number % EveryEvents == 0;
            if (root.GetProperty("status").GetString() == "missing"
                || root.GetProperty("anomaly").GetProperty("is").GetBoolean() || (publish == PublishKind.All && isLast))
            {
                yield return message.Whole;
            }
        }
    }
}
