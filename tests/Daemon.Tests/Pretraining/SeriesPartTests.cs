using Streaming.Daemon.Pretraining;

namespace Daemon.Tests.Pretraining;

public sealed class SeriesPartTests
{
    [Fact]
    public void Has_AllPartsOfANumber_ShareTheSeriesOut()
    {
        SeriesPart[] parts = [.. Enumerable.Range(1, 3).Select(n => SeriesPart.Parse($"{n}/3"))];

        Assert.All(Enumerable.Range(0, 20), index => Assert.Single(parts, part => part.Has(index)));
        Assert.True(parts[0].Has(0) && parts[1].Has(1) && parts[2].Has(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    [InlineData("-1/2")]
    [InlineData("1/99999999999")]
    public void TryParse_NoPart_IsFalse(string text)
    {
        Assert.False(SeriesPart.TryParse(text, out _));
    }
}
