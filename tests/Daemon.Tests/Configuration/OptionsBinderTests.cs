using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Daemon.Tests.Configuration;

public sealed class OptionsBinderTests
{
    [Theory]
    [InlineData("Model:Hidden", "3x", "a whole number")]
    [InlineData("Model:Hidden", "99999999999", "a whole number")]
    [InlineData("Model:Hidden", "", "a whole number")]
    [InlineData("State:CommitBytes", "1e3", "a whole number")]
    [InlineData("Training:LearningRate", "NaN", "a number")]
    [InlineData("Training:LearningRate", "0,1", "a number")]
    [InlineData("Output:CloudEvents", "yes", "true or false")]
    [InlineData("Series:Grace", "5", "a time span")]
    [InlineData("Series:Season", "PT5M", "a time span")]
    [InlineData("Series:Aggregate", "median", "one of mean, last, sum, min, max, count")]
    [InlineData("Series:Aggregate", "1", "one of mean, last, sum, min, max, count")]
    [InlineData("Training:Mode", "on,off", "one of off, shadow, on")]
    [InlineData("Model:Horizons:0", "x", "a whole number")]
    [InlineData("Rules:0:WindowSteps", "x", "a whole number")]
    public void Bind_ValueOfAnotherType_NamesKeyValueTypeAndSource(string key, string value, string expected)
    {
        ConfigurationError error = Sources.Load((key, value)).Errors.First(e => e.Key == key);

        Assert.StartsWith($"'{value}' is not {expected}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("(from command line)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Model:Horizon", "did you mean Model:Horizons?")]
    [InlineData("Model:horizosn", "did you mean Model:Horizons?")]
    [InlineData("Modle:Seed", "did you mean Model?")]
    [InlineData("Bootstrapservers", "did you mean Kafka:BootstrapServers?")]
    [InlineData("Model:WindowSteps", "did you mean Series:WindowSteps?")]
    [InlineData("Rules:0:Sellect", "did you mean Rules:0:Select?")]
    [InlineData("Rules:0:Model", "did you mean Model?")]
    public void Bind_UnknownKey_SuggestsTheNearest(string key, string suggestion)
    {
        string prefix = key.StartsWith("Modle", StringComparison.Ordinal) ? "Modle" : key;

        ConfigurationError error = Sources.Load((key, "1")).Errors.Single(e => e.Key == prefix);

        Assert.StartsWith("unknown key", error.Message, StringComparison.Ordinal);
        Assert.Contains(suggestion, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_UnknownKeyLikeNothing_SuggestsNothing() =>
        Assert.Equal(
            "unknown key (from command line)", Assert.Single(Sources.Load(("Zebra", "1")).Errors).Message);

    [Theory]
    [InlineData("Training", "on", "expects a section, not the value 'on'")]
    [InlineData("Model:Seed:Deep", "1", "expects a whole number, not a section")]
    [InlineData("Kafka:Client:a.b:c", "1", "expects text, not a section")]
    [InlineData("Kafka:Client", "sasl.password=x", "expects a section of Kafka properties, not a value (from")]
    [InlineData("Model:Horizons:first", "1", "a list is numbered from 0")]
    public void Bind_WrongNesting_SaysWhatIsExpected(string key, string value, string expected) =>
        Assert.Contains(
            Sources.Load((key, value)).Errors, e => e.Message.StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Bind_NullInAList_IsAnError() =>
        Assert.Equal("Model:Horizons:1", Sources
            .Load(("Model:Horizons:0", "1"), ("Model:Horizons:1", null), ("Model:Horizons:2", "3"))
            .Errors.Single().Key);

    [Fact]
    public void Bind_EveryKindOfValue_ReachesItsOption()
    {
        ForecasterOptions options = Sources.Options(
            ("kafka:groupprotocol", "CONSUMER"),
            ("Kafka:Consumer:fetch.wait.max.ms", "10"),
            ("Output:CloudEvents", "False"),
            ("Output:Quantiles:0", "0.1"),
            ("Series:SeasonSteps", "24"),
            ("Series:Grace", "00:00:30"),
            ("State:CommitBytes", "5"),
            ("Rules:0:Select", "a*"),
            ("Rules:0:Aggregate", "sum"),
            ("Rules:1:Select", "b*"),
            ("Rules:1:Season", "0"),
            ("Rules:1:Holidays:0", "2026-12-25"));

        Assert.Equal(GroupProtocol.Consumer, options.Kafka.GroupProtocol);
        Assert.Equal("10", options.Kafka.Consumer["fetch.wait.max.ms"]);
        Assert.False(options.Output.CloudEvents);
        Assert.Equal([0.1], options.Output.Quantiles);
        Assert.Equal(24, options.Series.SeasonSteps);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Series.Grace);
        Assert.Equal(5, options.State.CommitBytes);
        Assert.Equal(["a*", "b*"], options.Rules.Select(rule => rule.Select));
        Assert.Equal(Aggregate.Sum, options.Rules[0].Aggregate);
        Assert.Equal(TimeSpan.Zero, options.Rules[1].Season);
        Assert.Equal([new DateOnly(2026, 12, 25)], options.Rules[1].Holidays);
    }

    [Fact]
    public void Bind_ElevenRules_KeepsTheirOrder()
    {
        (string, string?)[] rules = [.. Enumerable.Range(0, 11).Select(i => ($"Rules:{i}:Select", (string?)$"s{i}"))];

        Assert.Equal(rules.Select(rule => rule.Item2), Sources.Options(rules).Rules.Select(rule => rule.Select));
    }
}
