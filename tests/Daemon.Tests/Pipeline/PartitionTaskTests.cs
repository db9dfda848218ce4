using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Pipeline;

/// <summary>What a task takes and what it refuses, seen through its lane.</summary>
public sealed class PartitionTaskTests
{
    private static readonly long Now = MemoryBroker.Ms(Pod.Start);

    [Fact]
    public void Take_TimesAhead_AreRefusedUntilThreeSeriesConfirmThemAndMakeNoSeries()
    {
        var broker = new MemoryBroker(1);
        AddAhead(broker, "e-new", hours: 500); // a series of it would leave no room for the third
        foreach (string series in new[] { "e1", "e2", "e3" })
        {
            broker.AddEvent(0, series, Pod.Start, 1);
        }

        AddAhead(broker, "e1", hours: 5);
        AddAhead(broker, "e1", hours: 5);
        AddAhead(broker, "e2", hours: 5); // the third witness: all three lead by 5 hours or more
        AddAhead(broker, "e-new", hours: 500);
        AddAhead(broker, "e3", hours: 5.5);
        ForecasterOptions options = Pod.SmallOptions();
        options = options with { Pipeline = options.Pipeline with { MaxSeriesPerPartition = 3 } };
        using var pod = new Pod(broker, options);

        pod.RunToEnd();

        Assert.Equal([1, 2, 3, 6, 8], broker.Forecasts.Select(m => m.Origin.Offset));
        Assert.Equal(
            [(0L, "future"), (4L, "future"), (5L, "future"), (7L, "future")],
            broker.DeadLetters.Select(m => (m.Origin.Offset, m.Header("forecaster_reason")!)));
    }

    /// <summary>Only where a feature tells of them do covariates reach a forecast: those of its step and of steps before.
    /// </summary>
    [Theory]
    [InlineData("default", false)]
    [InlineData("default,covariate:plant.load", true)]
    public void Take_OtherCovariatesFromAMinuteOn_ChangeTheForecastsFromThereIfAFeatureTellsOfThem(
        string features, bool expected)
    {
        const int Minutes = 60, From = 40;
        ForecasterOptions options = Pod.SmallOptions(gatherRecords: 7);
        options = options with
        {
            Input = options.Input with { Covariates = ["plant.load"] },
            Model = options.Model with { Features = features.Split(',') },
        };

        string[] plain = Forecasts(load: 3), other = Forecasts(load: 300);

        Assert.Equal(Minutes - 1, plain.Length);
        Assert.Equal(plain.Take(From), other.Take(From));
        Assert.Equal(expected, !plain.SequenceEqual(other));

        string[] Forecasts(int load)
        {
            var broker = new MemoryBroker(1);
            for (int minute = 0; minute < Minutes; minute++)
            {
                int now = minute < From ? minute % 3 : minute * load;
                long timeMs = Now + (minute * 60_000L);
                string plant = $$"""{"load":{{now}} }""";
                broker.Add(
                    0, "g", $$"""{"series":"g","time":{{timeMs}},"value":{{minute % 5}},"plant":{{plant}} }""", timeMs);
            }

            using var pod = new Pod(broker, options);
            pod.RunToEnd();
            return [.. broker.Forecasts.Select(m => m.Text)];
        }
    }

    [Fact]
    public void Take_ManyLateRecords_AreAllCountedAndSentAsASample()
    {
        const int Late = 350;
        var broker = new MemoryBroker(1);
        broker.AddEvent(0, "e", Pod.Start.AddHours(1), 1);
        for (int i = 0; i < Late; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), 2);
        }

        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 64));

        pod.RunToEnd();

        Assert.Equal(
            [.. Enumerable.Range(1, 100).Select(i => (long)i), 200, 300],
            broker.DeadLetters.Select(m => m.Origin.Offset));
        Assert.Equal(Late, pod.Metrics.LateRecords.Value);
        Assert.Equal(Late, pod.Metrics.RecordsRejected.WithLabels("late").Value);
    }

    [Fact]
    public void Take_SeriesFallsSilent_IsPublishedAsMissingOnce()
    {
        var broker = new MemoryBroker(1);
        broker.AddEvent(0, "g", Pod.Start, 1);
        broker.AddEvent(0, "g", Pod.Start.AddMinutes(1), 2); // closes minute 0
        for (int minute = 2; minute < 30; minute++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddMinutes(minute), 3);
        }

        broker.AddEvent(0, "g", Pod.Start.AddMinutes(30), 4); // a longer gap than is filled
        broker.AddEvent(0, "e", Pod.Start.AddMinutes(60), 3);
        ForecasterOptions options = Pod.SmallOptions(gatherRecords: 3);
        using var pod = new Pod(broker, options with { Series = options.Series with { SilenceSteps = 5 } });

        pod.RunToEnd();

        string[] missing =
            [.. broker.Forecasts.Select(m => m.Text).Where(text => text.Contains("missing", StringComparison.Ordinal))];
        // Minute 1 is closed by stream time past its end and MaxSkew, at minute 5; five steps and MaxSkew later is 13.
        Assert.Equal(
            [
                """
                {"series":"g","time":"2026-03-01T00:06:00Z","value":null,"step":"PT60S","yhat":[null,null],"horizons":[1,3],"quantiles":{"0.05":[null,null],"0.95":[null,null]},"anomaly":{"score":null,"is":false},"model":"lstm@1","status":"missing","origin":{"topic":"events","partition":0,"offset":13}}
                """,
            ],
            missing);
        Assert.Equal(0, pod.Metrics.RecordsRejected.WithLabels("late").Value);
    }

    /// <summary>However records are gathered, a series that is let go comes back as a new one, and its row is reused only
    /// when its last steps are done.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2_048)]
    public void Take_IdleSeries_IsForgottenAndComesBackCold(int gatherRecords)
    {
        const int Rounds = 4;
        var broker = new MemoryBroker(1);
        for (int round = 0; round < Rounds; round++)
        {
            DateTime time = Pod.Start.AddHours(round);
            for (int minute = 0; minute < 50; minute++)
            {
                broker.AddEvent(0, "e", time.AddMinutes(minute), minute);
                broker.AddEvent(0, $"g{minute % 5}", time.AddMinutes(minute), minute);
            }
        }

        ForecasterOptions options = Pod.SmallOptions(gatherRecords);
        using var pod = new Pod(broker, options with
        {
            Series = options.Series with { IdleAfter = TimeSpan.FromMinutes(7) },
            Pipeline = options.Pipeline with { MaxSeriesPerPartition = 6 },
        });
        long rows = 0;

        pod.RunToEnd(_ => rows = Math.Max(rows, pod.Metrics.Lane(0).SeriesActive));

        Assert.Equal(5 * (Rounds - 1), pod.Metrics.SeriesEvicted.Value);
        Assert.Equal(6, rows);
        Assert.Empty(broker.DeadLetters);
        string[] first = [.. Values(broker, 0)];
        for (int round = 1; round < Rounds - 1; round++) // the last one still has open steps
        {
            Assert.Equal(first, Values(broker, round)); // nothing of the round before is left
        }
    }

    [Fact]
    public void Take_SeriesWithHorizonsOfItsRule_PublishesThoseAlone()
    {
        var broker = new MemoryBroker(1);
        for (int minute = 0; minute < 30; minute++)
        {
            broker.AddEvent(0, "g-all", Pod.Start.AddMinutes(minute), minute);
            broker.AddEvent(0, "g-far", Pod.Start.AddMinutes(minute), minute);
        }

        ForecasterOptions options = Pod.SmallOptions();
        using var pod = new Pod(broker, options with
        {
            Rules = [new() { Select = "g-far", Horizons = [TimeSpan.FromMinutes(3)] }],
        });

        pod.RunToEnd();

        ForecastMessage[] all = [.. Parsed(broker, "g-all")], far = [.. Parsed(broker, "g-far")];
        Assert.Equal(29, far.Length);
        Assert.All(far, message => Assert.Equal([3], message.Horizons));
        Assert.Equal(all.Select(m => (m.Forecast[1], m.Lower[1])), far.Select(m => (m.Forecast[0], m.Lower[0])));
    }

    /// <summary>One record may bring 65,536 observations: they are stepped within, which must change no bit.</summary>
    [Theory]
    [InlineData("e")]
    [InlineData("g")]
    public async Task Take_RecordOfManyObservations_IsSteppedWithinAndGivesWhatItsLinesGive(string kind)
    {
        const int Lines = 30_000, Series = 20_000, Rounds = 2;
        MemoryBroker whole = new(1), cut = new(1);
        var random = new Random(5);
        long timestampMs = MemoryBroker.Ms(Pod.Start.AddHours(1));
        for (int round = 0; round < Rounds; round++)
        {
            string[] lines =
            [
                .. Enumerable.Range(0, Lines).Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind}{i % Series} v={random.Next(100)} {MemoryBroker.Ms(Time(round, i))}000000")),
            ];
            whole.Add(0, null, string.Join('\n', lines), timestampMs);
            Array.ForEach(lines, line => cut.Add(0, null, line, timestampMs));
        }

        using var one = new Pod(whole, Pod.SmallOptions());
        using var many = new Pod(cut, Pod.SmallOptions());

        one.RunToEnd();
        many.RunToEnd();

        Assert.InRange(whole.Output.Count, Lines, Rounds * Lines);
        Assert.Equal(Forecasts(cut), Forecasts(whole));
        string[] metrics = await Serving.Scrape.LinesAsync(one.Metrics.Registry);
        string waves = metrics.Single(line => line.StartsWith("forecaster_wave_size_count", StringComparison.Ordinal));
        Assert.InRange(int.Parse(waves.Split(' ')[1], CultureInfo.InvariantCulture), whole.Output.Count / 8_192, Lines);

        static DateTime Time(int round, int i) => Pod.Start.AddMinutes((5 * round) + (i / Series));

        static string[] Forecasts(MemoryBroker broker) =>
            [.. broker.Forecasts.Select(m => m.Text.Split("\"origin\"")[0])];
    }

    [Fact]
    public void Take_ExcludedSeries_AreCountedAndLeft()
    {
        var broker = new MemoryBroker(1);
        foreach (string series in new[] { "e1", "e2-debug", "x", "e1" })
        {
            broker.AddEvent(0, series, Pod.Start, 1);
        }

        ForecasterOptions options = Pod.SmallOptions();
        using var pod = new Pod(broker, options with
        {
            Input = options.Input with { Include = ["e*"], Exclude = ["*-debug"] },
        });

        pod.RunToEnd();

        Assert.Equal([0, 3], broker.Forecasts.Select(m => m.Origin.Offset));
        Assert.Empty(broker.DeadLetters);
        Assert.Equal(2, pod.Metrics.ObservationsExcluded.Value);
    }

    /// <summary>What the forecasts of the gridded series of one hour say, but for their time and origin.</summary>
    private static IEnumerable<string> Values(MemoryBroker broker, int round) => broker.Forecasts
        .Where(m => m.Text.Contains("\"series\":\"g", StringComparison.Ordinal)
            && m.Text.Contains($"T0{round}:", StringComparison.Ordinal))
        .Select(m => m.Text.Split("\"value\"")[1].Split("\"origin\"")[0]);

    private static IEnumerable<ForecastMessage> Parsed(MemoryBroker broker, string series) => broker.Forecasts
        .Select(m => ForecastParser.Parse(m.Value))
        .Where(m => m.Series == series);

    private static void AddAhead(MemoryBroker broker, string series, double hours)
    {
        broker.AddEvent(0, series, Pod.Start.AddHours(hours), 1);
        broker.Logs[0][^1] = broker.Logs[0][^1] with { TimestampMs = Now };
    }
}
