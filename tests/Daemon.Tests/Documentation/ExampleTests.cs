using System.Collections;
using System.Text;
using Streaming.Daemon.Cli.Models;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Output;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The README's examples: an event, a configuration, a forecast, in this order; and the options of a trained
/// model.</summary>
public sealed class ExampleTests
{
    private static readonly IReadOnlyList<string> blocks = Readme.Blocks("json");

    [Fact]
    public void Readme_Configuration_IsAccepted()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, blocks[1]);

            ConfigurationResult result = ConfigurationLoader.Load(new()
            {
                SettingsFiles = [],
                ConfigFile = file,
                Environment = new Hashtable(),
            });

            Assert.Empty(result.Errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Readme_Event_IsDecoded()
    {
        byte[] record = Encoding.UTF8.GetBytes(blocks[0]);

        var decoder = new RecordDecoder(new());

        RejectReason reason = decoder.Decode(new() { Value = record });

        Assert.Equal(RejectReason.None, reason);
        Observation observation = decoder.Observations[0];
        Assert.Equal("checkout/latency", Encoding.UTF8.GetString(observation.SeriesId));
        Assert.Equal(91.2, observation.Value);
    }

    [Fact]
    public void Training_TrainedModel_HasTheOptionsThatTrainPrints()
    {
        Assert.Equal(ServingReport.Of(new ModelOptions { File = "champion.safetensors" }).ToJson(), Readme.BlocksOf("training.md", "json").Single());
    }

    [Fact]
    public void Readme_Forecast_IsWhatTheEncoderWrites()
    {
        var buffer = new Utf8Buffer();
        var forecast = new ForecastView
        {
            JsonId = JsonText.Quote("checkout/latency"),
            TimeTicks = new DateTime(2024, 1, 31, 23, 55, 0).Ticks,
            Value = 91.2,
            StepJson = JsonText.Step(TimeSpan.FromMinutes(5).Ticks),
            Yhat = [91.5, 90.1, 84.7],
            Quantiles = [84.2, 80.3, 70.9, 99.8, 101.2, 103.4],
            Score = 0.71,
            Alarm = AnomalyKind.None,
            ModelJson = JsonText.Quote("lstm@17"),
            Status = SeriesStatus.Warm,
            Partition = 3,
            Offset = 42,
        };

        new ForecastEncoder(new ModelOptions().Horizons, new OutputOptions().Quantiles, "events").Write(forecast, buffer);

        Assert.Equal(blocks[2], Encoding.UTF8.GetString(buffer.Written));
    }
}
