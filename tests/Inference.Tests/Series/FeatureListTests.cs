using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class FeatureListTests
{
    [Fact]
    public void Parse_NamesOfAnyList_GiveThatList()
    {
        FeatureList every = FeatureReference.Every;

        Assert.True(every.IsSameAs(FeatureList.Parse(every.Names)));
        Assert.True(every.IsSameAs(FeatureList.Parse(every.ToEntries())));
        Assert.Equal(Enum.GetValues<FeatureKind>(), every.Inputs.Select(input => input.Kind).Distinct().Order());
    }

    [Fact]
    public void ToString_DefaultInputsAtTheFront_AreCalledDefault()
    {
        Assert.Equal("default", $"{FeatureList.Default}");
        Assert.Equal("default, mean:24", $"{FeatureList.Parse([.. FeatureList.Default.Names, "mean:24"])}");
        Assert.Equal("age, held", $"{FeatureList.Parse(["age", "held"])}");
    }

    [Theory]
    [InlineData("mean", "'mean' is no feature; there are default, minute, hour, weekday, month, ")]
    [InlineData("mean:1", "'mean:1' is no feature")]
    [InlineData("mean:024", "'mean:024' is no feature")]
    [InlineData("mean:65537", "'mean:65537' is no feature")]
    [InlineData("mean:24:1", "'mean:24:1' is no feature")]
    [InlineData("lag:0", "'lag:0' is no feature")]
    [InlineData("lag:", "'lag:' is no feature")]
    [InlineData("lag:-1", "'lag:-1' is no feature")]
    [InlineData("Deviation", "'Deviation' is no feature")]
    [InlineData("", "'' is no feature")]
    [InlineData("lag:2,lag:2", "'lag:2': 'lag:2' is there already")]
    [InlineData("default,hour", "'hour': 'day-sine' is there already")]
    public void TryParse_WhatIsNoList_SaysWhy(string entries, string message)
    {
        Assert.False(FeatureList.TryParse(entries.Split(','), out _, out string? error));

        Assert.StartsWith(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_NoneOrTooMany_SaysHowMany()
    {
        Assert.False(FeatureList.TryParse([], out _, out string? none));
        Assert.False(FeatureList.TryParse(Enumerable.Range(1, 257).Select(n => $"lag:{n}"), out _, out string? many));
        Assert.True(FeatureList.TryParse(Enumerable.Range(1, 256).Select(n => $"lag:{n}"), out _, out _));

        Assert.Equal("there must be 1 to 256 inputs, not 0", none);
        Assert.Equal("there must be 1 to 256 inputs, not 257", many);
    }

    [Theory]
    [InlineData("mean:24,lag:23", 24)]
    [InlineData("mean:24,lag:24", 25)]
    [InlineData("default", 0)]
    public void Widest_AnyList_IsWhatAWindowMustHold(string entries, int expected) =>
        Assert.Equal(expected, FeatureList.Parse(entries.Split(',')).Widest.WindowSteps);
}
