using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class RuleBookTests
{
    private readonly RuleBook rules = new(Sources.Options(
        ("Series:Step", "00:05:00"), ("Series:SeasonSteps", "100"),
        ("Rules:0:Select", "cpu{host=a}"), ("Rules:0:Step", "event"), ("Rules:0:MaxFuture", "00:00:09"),
        ("Rules:1:Select", "cpu*"), ("Rules:1:Season", "01:00:00"),
        ("Rules:2:Select", "*"), ("Rules:2:WindowSteps", "200")));

    [Theory]
    [InlineData("cpu{host=a}", 0)]
    [InlineData("cpu{host=b}", 1)]
    [InlineData("memory", 2)]
    [InlineData("", 2)]
    public void Resolve_SeveralRulesMatch_TheFirstWins(string id, int expected)
    {
        SeriesKind kind = rules.Resolve(id);

        Assert.Equal(expected, kind.Index);
        Assert.Same(rules.Kinds[expected], kind);
    }

    [Fact]
    public void Resolve_NoRuleMatches_SeriesApplies()
    {
        var book = new RuleBook(Sources.Options(("Rules:0:Select", "cpu*"), ("Series:MaxGapSteps", "3")));

        SeriesKind kind = book.Resolve("memory");

        Assert.Equal(1, kind.Index);
        Assert.Null(kind.Select);
        Assert.Equal(3, kind.Profile.MaxGapSteps);
    }

    [Fact]
    public void Resolve_MemberOfAGroup_HasTheSettingsOfItsRule()
    {
        var book = new RuleBook(Sources.Options(
            ("Series:Profile", "accuracy"), ("Rules:0:Select", "cpu*"), ("Rules:0:Step", "01:00:00"),
            ("Groups:0:Members", "a, b"), ("Groups:1:Members", "cpu1, cpu2, cpu3")));

        SeriesKind alone = book.Resolve("cpu4"), grouped = book.Resolve("cpu2");

        Assert.Equal([0, 1, 2, 3], book.Kinds.Select(kind => kind.Index));
        Assert.Equal([0, null, null, 0], book.Kinds.Select(kind => kind.Rule));
        Assert.Equal([1, 1, 2, 3], book.Kinds.Select(kind => kind.MemberCount));
        Assert.Same(book.Kinds[3], grouped);
        Assert.Equal((alone.Profile, "cpu*"), (grouped.Profile, grouped.Select));
        Assert.Equal((2, 1), (book.Resolve("b").Index, book.Resolve("c").Index));
        Assert.Equal((1, 2), book.Members.Find("cpu3"u8));
        Assert.Equal("cpu1"u8, book.Members.PartitionKeyOf("cpu3"u8));
        Assert.Equal("cpu4"u8, book.Members.PartitionKeyOf("cpu4"u8));
    }

    [Fact]
    public void Kinds_WhatARuleLeavesUnset_ComesFromSeries()
    {
        Assert.True(rules.Kinds[0].Profile.IsEventMode);
        Assert.Equal(100, rules.Kinds[0].Profile.SeasonSteps);
        Assert.Equal(TimeSpan.FromSeconds(9).Ticks, rules.Kinds[0].Profile.MaxFutureTicks);
        Assert.Equal(12, rules.Kinds[1].Profile.SeasonSteps); // its Season beats inherited SeasonSteps
        Assert.Equal(TimeSpan.FromMinutes(5).Ticks, rules.Kinds[1].Profile.StepTicks);
        Assert.Equal(200, rules.Kinds[2].Profile.WindowSteps);
        Assert.Equal(672, rules.Kinds[3].Profile.WindowSteps);
    }
}
