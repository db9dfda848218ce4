using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class SeriesFilterTests
{
    [Theory]
    [InlineData("", "", "anything", true)]
    [InlineData("cpu*", "", "cpu{host=a}", true)]
    [InlineData("cpu*", "", "memory", false)]
    [InlineData("cpu*,mem*", "", "memory", true)]
    [InlineData("", "*debug*", "cpu-debug-1", false)]
    [InlineData("", "*debug*", "cpu", true)]
    [InlineData("cpu*", "*debug*", "cpu-debug", false)]
    public void Takes_PatternsOfBothKinds_ExcludeWins(string include, string exclude, string id, bool expected)
    {
        var filter = new SeriesFilter(new() { Include = List(include), Exclude = List(exclude) });

        Assert.Equal(expected, filter.Takes(id));
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
