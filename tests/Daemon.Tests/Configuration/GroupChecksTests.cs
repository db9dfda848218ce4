using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class GroupChecksTests
{
    private static readonly (string Key, string? Value)[] Sound =
    [
        Sources.Broker, ("Series:Profile", "accuracy"),
        ("Rules:0:Select", "wind*"), ("Rules:0:Step", "01:00:00"), ("Rules:1:Select", "e*"), ("Rules:1:Step", "event"),
        ("Rules:2:Select", "small*"), ("Rules:2:Profile", "balanced"),
        ("Groups:0:Members:0", "wind"), ("Groups:0:Members:1", "wind{at=sea,in=m}"),
        ("Groups:1:Members", "load, sun"),
    ];

    [Fact]
    public void Check_GroupsOfOneRuleEach_AreSound() =>
        Assert.Empty(ConfigurationLoader.Load(Sources.Request(Sound)).Errors);

    [Theory]
    [InlineData("Groups:2:Members", "rain", "Groups:2:Members", "2 to 24")]
    [InlineData("Groups:2:Members", "windy, load", "Groups:2:Members:1", "is a member already")]
    [InlineData("Groups:2:Members", "rain, rain", "Groups:2:Members:1", "is a member already")]
    [InlineData("Groups:2:Members", "rain, windy", "Groups:2:Members:1", "under the same rule")]
    [InlineData("Groups:2:Members", "e1, e2", "Groups:2", "need a Step")]
    [InlineData("Groups:2:Members", "small1, small2", "Groups:2", "need Profile accuracy")]
    [InlineData("Groups:2:Members", "rain, ", "Groups:2:Members:1", "1 to 512 bytes")]
    public void Check_OneThatIsNot_SaysWhatIsWrong(string key, string value, string where, string what)
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request([.. Sound, (key, value)]));

        ConfigurationError error = Assert.Single(result.Errors);
        Assert.Equal(where, error.Key);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MemberThatTheInputLeavesOut_SaysSo()
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request([.. Sound, ("Input:Exclude", "sun")]));

        ConfigurationError error = Assert.Single(result.Errors);
        Assert.Equal("Groups:1:Members:1", error.Key);
        Assert.Contains("Input:Exclude", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What the bound is checked by, the rules with their groups, does not hold such a group.</summary>
    [Fact]
    public void Check_MemberTwiceUnderABoundOnBytes_SaysThatItIsAMemberAlready()
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            [.. Sound, ("Pipeline:MaxStateBytes", "1000000000"), ("Groups:2:Members", "rain, rain")]));

        Assert.Equal("Groups:2:Members:1", Assert.Single(result.Errors).Key);
    }

    [Fact]
    public void Check_MoreMembersThanMarkersHold_SaysHowMany()
    {
        IEnumerable<(string Key, string? Value)> groups = Enumerable.Range(0, 11).Select(
            g => ($"Groups:{g}:Members", (string?)string.Join(',', Enumerable.Range(0, 24).Select(m => $"s{g}-{m}"))));

        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            [Sources.Broker, ("Series:Profile", "accuracy"), .. groups]));

        Assert.Contains("264", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }
}
