using CsCheck;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class SeriesSelectorTests
{
    [Theory]
    [InlineData("cpu{host=web*}", "cpu{host=web1}", true)]
    [InlineData("cpu{host=web*}", "cpu{dc=eu,host=web1,z=1}", true)]
    [InlineData("cpu{host=web*}", "cpu{host=db1}", false)]
    [InlineData("cpu{host=web*}", "cpu{vhost=web1}", false)]
    [InlineData("cpu{host=web*}", "cpu{x=host=web1}", false)]
    [InlineData("cpu{host=web*}", "cpu", false)]
    [InlineData("cpu{host=web*}", "memory{host=web1}", false)]
    [InlineData("{host=web*}", "memory{host=web1}", true)]
    [InlineData("*{host=a,job=b}", "m{job=b,host=a}", true)]
    [InlineData("*{host=a,job=b}", "m{job=c,host=a}", false)]
    [InlineData("c?u{host=?}", "cpu{host=a}", true)]
    [InlineData("cpu{host=*}", "cpu{host=a\\,b,x=1}", true)]
    [InlineData("cpu{host=a\\,b}", "cpu{host=a\\,b,x=1}", true)]
    [InlineData("cpu{host=a}", "cpu{host=a\\,b}", false)]
    [InlineData("cpu{a\\=b=c}", "cpu{a\\=b=c}", true)]
    [InlineData("cpu{a=b}", "cpu\\{a=b}", false)]
    [InlineData("cpu{*}", "cpu{host=a}", true)] // patterns on the whole id
    [InlineData("cpu{*}", "cpu", false)]
    [InlineData("cpu{host=a,*}", "cpu{host=a,x=1}", true)]
    [InlineData("cpu*", "cpu{host=a}", true)]
    [InlineData("cpu{}", "cpu{}", true)]
    [InlineData("cpu{=a}", "cpu{=a}", true)]
    [InlineData("orders/*", "orders/1", true)]
    [InlineData("", "", true)]
    public void IsMatch_PatternOnNameAndLabels_TakesWhatItSays(string pattern, string id, bool expected) =>
        Assert.Equal(expected, new SeriesSelector(pattern).IsMatch(id));

    /// <summary>A series is taken by the selector that is its own id, and by that with fewer labels in any order.</summary>
    [Fact]
    public void IsMatch_SomeOfItsOwnLabels_AlwaysTakes()
    {
        Gen<string> text = Gen.String[Gen.Char["ab1"], 1, 4];
        Gen.Select(text, Gen.Select(text, text).Array[1, 5], Gen.Int[1, 5], Gen.Int[0, 1_000]).Sample(
            (name, labels, count, seed) =>
            {
                string[] all = [.. labels.DistinctBy(label => label.Item1).Select(label => $"{label.Item1}={label.Item2}")];
                string id = $"{name}{{{string.Join(',', all)}}}";
                string[] some = [.. all];
                new Random(seed).Shuffle(some);

                Assert.True(new SeriesSelector($"{name}{{{string.Join(',', some.Take(count))}}}").IsMatch(id));
            });
    }
}
