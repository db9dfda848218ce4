using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class NearestNameTests
{
    [Fact]
    public void Find_OneSlipInAnyOption_FindsItAgain()
    {
        var random = new Random(17);
        foreach (Type section in new[] { typeof(SeriesOptions), typeof(TrainingOptions), typeof(PipelineOptions) })
        {
            string[] names = [.. OptionsSchema.Settings(section).Select(property => property.Name)];
            foreach (string name in names)
            {
                int at = random.Next(name.Length - 1);
                Assert.Equal(name, NearestName.Find(name.Remove(at, 1), names));
                Assert.Equal(name, NearestName.Find(name.Insert(at, "q"), names));
                Assert.Equal(name, NearestName.Find(
                    name[..at] + name[at + 1] + name[at] + name[(at + 2)..], names));
            }
        }
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abcd", "acbd", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_Examples(string a, string b, int expected)
    {
        Assert.Equal(expected, NearestName.Distance(a, b));
        Assert.Equal(expected, NearestName.Distance(b, a));
    }
}
