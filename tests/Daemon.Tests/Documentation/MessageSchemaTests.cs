using System.Text;
using Daemon.Tests.Pipeline;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Output;
using Streaming.Daemon.Tests.Output;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The schemas of our messages, against messages that were really sent.</summary>
public sealed class MessageSchemaTests
{
    private const string Forecast = "forecast.schema.json", Event = "event.schema.json";

    [FactNeeding(MachineProgram.PythonJsonSchema)]
    public async Task ForecastSchema_WhatALaneSends_Fits()
    {
        string[] sent = [.. Sent(publishEverySteps: 1), .. Sent(publishEverySteps: 3), .. Written()];

        IReadOnlyList<string[]> faults = await JsonSchemaCheck.FaultsAsync(Forecast, sent);

        Assert.All(faults, Assert.Empty);
        foreach (string shape in new[]
            { "\"cold\"", "\"warm\"", "\"burn-in\"", "\"missing\"", "\"is\":true", "\"event\"", "\"PT60S\"", "[null" })
        {
            Assert.Contains(sent, message => message.Contains(shape, StringComparison.Ordinal));
        }
    }

    [FactNeeding(MachineProgram.PythonJsonSchema)]
    public async Task ForecastSchema_AnyChange_DoesNotFit()
    {
        string good = Written()[0];
        (string Old, string New)[] changes =
        [
            ("\"warm\"", "\"hot\""), ("\"warm\"", "\"missing\""), ("\"series\":\"cpu{host=a}\",", ""), ("2023", "23"),
            ("91.2,", "null,"), ("PT60S", "PT1M"), ("[1,6,24]", "[0,6,24]"), ("\"0.95\"", "\"95%\""), ("0.7", "1.7"),
            ("\"score\":0.7,", ""), ("lstm@17", "gru"),
            ("\"offset\":42", "\"offset\":-1"), ("\"is\":false", "\"is\":0"),
            ("\"step\"", "\"unit\":\"\",\"step\""),
            ("\"step\"", "\"stride\":1,\"step\""), ("[91.25,", "[\"91.25\","),
        ];
        string[] bad = [.. changes.Select(change => good.Replace(change.Old, change.New, StringComparison.Ordinal))];

        IReadOnlyList<string[]> faults = await JsonSchemaCheck.FaultsAsync(Forecast, [good, .. bad]);

        Assert.Empty(faults[0]);
        Assert.All(bad, (changed, i) => Assert.True(faults[i + 1].Length > 0, changed));
    }

    [FactNeeding(MachineProgram.PythonJsonSchema)]
    public async Task EventSchema_Events_FitWhereTheDecoderTakesThem()
    {
        string[] fields =
        [
            "\"series\":\"a\"", "\"series\":7", "\"series\":\"\"", "\"series\":null", "\"series\":{}",
            "\"time\":\"2024-01-31T23:59:42.5+01:00\"", "\"time\":\"2024-01-31\"", "\"time\":1700000000123",
            "\"time\":\"1700000000\"", "\"time\":\"noon\"", "\"time\":true", "\"time\":null", "\"value\":-1.5e3",
            "\"value\":\" 1e3\"", "\"value\":\"much\"", "\"value\":null",
            "\"value\":[1]", "\"more\":{\"value\":\"much\"}",
        ];
        // Each in place of its like in a good event (the last of a name counts), and each left out.
        string[] events =
        [
            .. fields.Select(field => $"{{\"series\":\"s\",\"time\":1700000000,\"value\":1,{field}}}"),
            "{\"time\":1700000000,\"value\":1}",
            "{\"series\":\"s\",\"value\":1}", "{\"series\":\"s\",\"time\":1700000000}",
            "[]", "3",
        ];
        var decoder = new RecordDecoder(new() { Format = InputFormat.Json });
        bool[] taken =
        [
            .. events.Select(Encoding.UTF8.GetBytes)
                .Select(value => decoder.Decode(new() { Value = value }) == RejectReason.None),
        ];

        IReadOnlyList<string[]> faults = await JsonSchemaCheck.FaultsAsync(Event, events);

        Assert.All(events, (text, i) => Assert.True(
            taken[i] == (faults[i].Length == 0), $"{text}: {string.Join(", ", faults[i])}"));
        Assert.Equal(9, taken.Count(isTaken => isTaken));
    }

    /// <summary>What a lane makes of random streams: silences, gaps that are held, late and refused records.</summary>
    private static IEnumerable<string> Sent(int publishEverySteps)
    {
        ForecasterOptions options = Pod.SmallOptions();
        options = options with
        {
            Series = options.Series with
            {
                SilenceSteps = 2,
                MaxSkew = TimeSpan.Zero,
                PublishEverySteps = publishEverySteps,
            },
            Output = options.Output with { Weights = publishEverySteps == 1 },
            Pipeline = options.Pipeline with { AnomalyThreshold = 0.5 },
        };
        MemoryBroker broker = RandomStreams.Create(seed: 3, records: 500);
        using var pod = new Pod(broker, options);
        pod.RunToEnd();
        Assert.NotEmpty(broker.Forecasts);
        return [.. broker.Forecasts.Select(message => message.Text)];
    }

    /// <summary>What the encoder makes of extremes.</summary>
    private static string[] Written() =>
    [
        Text(new ForecastSample()),
        Text(new ForecastSample { Status = SeriesStatus.BurnIn, Alarm = AnomalyKind.Gap, Score = 1 }),
        Text(new ForecastSample { Alarm = AnomalyKind.Spike }),
        Text(new ForecastSample { Alarm = AnomalyKind.LevelShift }),
        Text(new ForecastSample { Value = double.MaxValue, Yhat = [-1e-300, 1e300, double.NaN], Score = 1e-7 }),
        Text(new ForecastSample { Time = DateTime.MaxValue, StepJson = JsonText.Step(1_234_567) }),
        Text(new ForecastSample { Unit = [.. "°C/s"u8] }),
        Text(new ForecastSample { JsonId = JsonText.Quote("\u0085 \"é😀\"") }),
    ];

    private static string Text(ForecastSample sample)
    {
        var buffer = new Utf8Buffer();
        new ForecastEncoder([1, 6, 24], [0.00001, 0.95], "t").Write(sample.View, buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
