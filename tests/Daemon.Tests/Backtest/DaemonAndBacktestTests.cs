using System.Text;
using Daemon.Tests.Pipeline;
using Streaming.Daemon.Backtest;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Output;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Pretraining;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Daemon.Tests.Backtest;

/// <summary>What is backtested is what runs: the same records give the same forecasts.</summary>
public sealed class DaemonAndBacktestTests
{
    private const int Lags = 4;

    [Theory]
    [InlineData(ExpertProfile.Scale, "01:00:00", 11)]
    [InlineData(ExpertProfile.Balanced, "01:00:00", 12)]
    [InlineData(ExpertProfile.Balanced, "03:00:00", 13)]
    [InlineData(ExpertProfile.Balanced, "event", 14)]
    [InlineData(ExpertProfile.Accuracy, "01:00:00", 15)] // in a group
    [InlineData(ExpertProfile.Accuracy, "03:00:00", 16)]
    public void Replay_RecordsOfALane_GivesTheForecastsThatItPublishes(ExpertProfile profile, string step, int seed)
    {
        var streams = new HourlyStreams(seed, series: 3, hours: 400);
        ForecasterOptions options = NoPeekingTests.LaneOptions(profile);
        options = options with { Series = options.Series with { Step = step } };
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        ModelParameters network = Lively(settings.ShapeOf(options.Model.Hidden, options.Model.Layers));
        MemoryBroker broker = streams.ToBroker();
        using var pod = new Pod(broker, options, version: new ModelVersion(1, ModelWeights.Pack(network)));

        pod.RunToEnd(_ => pod.Port.PollLimit = 77);

        string[][] published =
        [
            .. Enumerable.Range(0, streams.Series).Select(s => broker.Forecasts
                .Where(m => Encoding.UTF8.GetString(m.Key!) == HourlyStreams.IdOf(s))
                .Select(m => NumbersOf(m.Text)).ToArray()),
        ];
        string[][] replayed = Replayed(streams, options, settings, network);
        for (int s = 0; s < streams.Series; s++)
        {
            // The replay also closes the last step, which in the log waits for a later record.
            Assert.InRange(replayed[s].Length - published[s].Length, 0, 1);
            Assert.InRange(published[s].Length, 100, 400);
            Assert.Equal(published[s], replayed[s][..published[s].Length]);
        }
    }

    private static string[][] Replayed(
        HourlyStreams streams, ForecasterOptions options, ForecasterSettings settings, ModelParameters network)
    {
        var rules = new RuleBook(options);
        FoundSeries[] found =
        [
            .. Enumerable.Range(0, streams.Series).Select(s => new FoundSeries(
                RawOf(streams, s), rules.Resolve(HourlyStreams.IdOf(s)).Profile, null)),
        ];
        var forecasts = found.Select(_ => new List<string>()).ToArray();
        var encoder = new ForecastEncoder(options.Model.Horizons, options.Output.Quantiles, options.Input.Topic);
        var replay = new SeriesReplay(found, isGroup: options.Groups.Count > 0, settings, network) { Stepped = Keep };
        replay.Run(long.MaxValue, _ => { });
        return [.. forecasts.Select(one => one.ToArray())];

        void Keep(in IssuedStep issued)
        {
            if (issued.Step.IsHeld)
            {
                return; // not published
            }

            int place = SeriesReplay.PlaceOf(issued.Step.Series);
            var buffer = new Utf8Buffer();
            encoder.Write(
                new()
                {
                    JsonId = JsonText.Quote(HourlyStreams.IdOf(place)),
                    TimeTicks = issued.Step.TimeTicks,
                    Value = issued.Step.Value,
                    StepJson = JsonText.Step(found[place].Profile.StepTicks),
                    Yhat = issued.Yhat,
                    Quantiles = issued.Quantiles,
                    Score = issued.Head.Score,
                    Alarm = issued.Head.Alarm,
                    ModelJson = JsonText.Quote("lstm@1"),
                    Status = issued.Head.Status,
                    Partition = 0,
                    Offset = 0,
                },
                buffer);
            forecasts[place].Add(NumbersOf(Encoding.UTF8.GetString(buffer.Written)));
        }
    }

    private static RawSeries RawOf(HourlyStreams streams, int series)
    {
        int[] rows = [.. streams.Present().Where(place => place.Series == series).Select(place => place.Row)];
        return new(
            HourlyStreams.IdOf(series), (ulong)series, [.. rows.Select(row => HourlyStreams.TimeOf(row).Ticks)],
            [.. rows.Select(row => streams.Values[row][series])]);
    }

    /// <summary>A forecast without the record that it came of.</summary>
    private static string NumbersOf(string text) => text[..text.IndexOf(",\"origin\":", StringComparison.Ordinal)];

    /// <summary>A network whose forecasts experts listen to.</summary>
    private static ModelParameters Lively(ModelShape shape)
    {
        var random = new Random(8);
        var parameters = new ModelParameters(shape);
        foreach (ref float weight in parameters.Values.AsSpan())
        {
            weight = ((float)random.NextDouble() - 0.5f) * 0.3f;
        }

        for (int k = 0; k < shape.Outputs; k++)
        {
            parameters.SkipWeights.Slice(k * shape.SkipInputs, Lags).Fill(1f / (Lags + 1));
        }

        return parameters;
    }
}
