using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The README's examples: an event, a configuration, a forecast, in this order.</summary>
public sealed class ExampleTests
{
    private static readonly IReadOnlyList<string> blocks = Readme.Blocks("json");

    [Fact]
    public void Readme_Configuration_HoldsOnlyKnownOptions()
    {
        ForecasterOptions options = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(blocks[1])))
            .Build()
            .Get<ForecasterOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;

        Assert.NotEmpty(options.Kafka.BootstrapServers);
        Assert.NotEmpty(options.Rules);
    }

    [Fact]
    public void Readme_Event_HasWhatTheDefaultPathsName()
    {
        var input = new InputOptions();

        using var example = JsonDocument.Parse(blocks[0]);

        IEnumerable<string> names = example.RootElement.EnumerateObject().Select(property => property.Name);
        Assert.Equal([input.SeriesPath, input.TimePath, input.ValuePath], names);
    }

    [Fact]
    public void Readme_Forecast_HasOneNumberAHorizon()
    {
        using var example = JsonDocument.Parse(blocks[2]);
        JsonElement forecast = example.RootElement;

        int horizons = forecast.GetProperty("horizons").GetArrayLength();
        Assert.Equal(horizons, forecast.GetProperty("yhat").GetArrayLength());
        Assert.All(
            forecast.GetProperty("quantiles").EnumerateObject(),
            level => Assert.Equal(horizons, level.Value.GetArrayLength()));
    }
}
