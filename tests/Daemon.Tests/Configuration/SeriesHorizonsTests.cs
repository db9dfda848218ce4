using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class SeriesHorizonsTests
{
    [Fact]
    public void PlacesOf_Rules_AreThoseOfTheirOwnStep()
    {
        var rules = new RuleBook(Sources.Options(
            ("Series:Step", "00:10:00"), ("Series:Horizons", "01:00:00"),
            ("Rules:0:Select", "a"), ("Rules:0:Step", "01:00:00"), ("Rules:0:Horizons", "1.00:00:00,01:00:00"),
            ("Rules:1:Select", "b"), ("Rules:1:Step", "event"),
            ("Rules:2:Select", "c"), ("Rules:2:Step", "01:00:00"),
            ("Rules:3:Select", "d"), ("Rules:3:WindowSteps", "100")));

        Assert.Equal([[0, 2], [0, 1, 2], [0], [1], [1]], rules.Kinds.Select(kind => kind.HorizonPlaces));
    }

    [Theory]
    [InlineData("Series:Horizons", "00:05:00", "00:05:00 is none that the model forecasts: with steps of 00:01:00 those are 00:01:00, 00:06:00, 00:24:00 (Model:Horizons)")]
    [InlineData("Rules:0:Horizons", "00:06:00", "00:06:00 is none that the model forecasts: with steps of 00:10:00 those are")]
    [InlineData("Rules:1:Horizons", "00:06:00", "must be empty in event mode")]
    public void Check_HorizonThatTheModelHasNot_SaysWhichItHas(string key, string horizons, string expected)
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            Sources.Broker, ("Rules:0:Select", "a"), ("Rules:0:Step", "00:10:00"),
            ("Rules:1:Select", "b"), ("Rules:1:Step", "event"), (key, horizons)));

        ConfigurationError[] errors = [.. result.Errors.Where(error => error.Key == key)];
        Assert.StartsWith(expected, Assert.Single(errors).Message, StringComparison.Ordinal);
    }
}
