using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class RepartitionChoiceTests
{
    [Theory]
    [InlineData("auto", false)]
    [InlineData("json", false)]
    [InlineData("debezium", false)]
    [InlineData("cloudevents", false)]
    [InlineData("avro", false)]
    [InlineData("protobuf", false)]
    [InlineData("csv", false)]
    [InlineData("influx", true)]
    [InlineData("telegraf-json", true)]
    [InlineData("prometheus", true)]
    [InlineData("vector", true)]
    [InlineData("otlp-json", true)]
    [InlineData("otlp-proto", true)]
    public void Of_Auto_IsOnWhereLabelsNameSeries(string format, bool isOn)
    {
        var input = new InputOptions { Format = (InputFormat)OptionNames.Parse(typeof(InputFormat), format)! };

        Assert.Equal(isOn, RepartitionChoice.Of(input).IsOn);
        Assert.Contains($"Input:Format {format}", RepartitionChoice.Of(input).Why, StringComparison.Ordinal);
        Assert.True(RepartitionChoice.Of(input with { Repartition = RepartitionMode.On }).IsOn);
        Assert.False(RepartitionChoice.Of(input with { Repartition = RepartitionMode.Off }).IsOn);
    }

    [Fact]
    public void Of_AutoWithLabelsChosen_IsOn()
    {
        Assert.True(RepartitionChoice.Of(new() { KeepLabels = ["host"] }).IsOn);
        Assert.True(RepartitionChoice.Of(new() { DropLabels = ["pod"] }).IsOn);
        Assert.False(RepartitionChoice.Of(new() { DropLabels = ["pod"], Format = InputFormat.Json }).IsOn);
    }

    [Fact]
    public void Of_SeriesByKey_IsOffButWhereLabelsNameThem()
    {
        var byKey = new InputOptions { SeriesPath = "kafka.key" };

        Assert.Equal(
            new(false, "Input:SeriesPath names series by key; all records of a series must be in one partition"),
            RepartitionChoice.Of(byKey));
        Assert.False(RepartitionChoice.Of(byKey with { Format = InputFormat.Csv }).IsOn);
        Assert.True(RepartitionChoice.Of(byKey with { Format = InputFormat.Influx }).IsOn);
        Assert.True(RepartitionChoice.Of(byKey with { KeepLabels = ["host"] }).IsOn);
    }

    [Theory]
    [InlineData("Input:Topic")]
    [InlineData("Output:Topic")]
    [InlineData("Output:DeadLetterTopic")]
    public void Validate_TopicOfTheRepartition_IsRefusedWhereItIsInUse(string key)
    {
        ForecasterOptions on = Sources.Options(("Input:Repartition", "on"));
        ForecasterOptions options = key switch
        {
            "Input:Topic" => on with { Input = on.Input with { Topic = on.RepartitionTopic } },
            "Output:Topic" => on with { Output = on.Output with { Topic = on.RepartitionTopic } },
            _ => on with { Output = on.Output with { DeadLetterTopic = on.RepartitionTopic } },
        };

        Assert.Equal(key, Assert.Single(ConfigurationValidator.Validate(options)).Key);
        Assert.Empty(ConfigurationValidator.Validate(
            options with { Input = options.Input with { Repartition = RepartitionMode.Off } }));
    }
}
