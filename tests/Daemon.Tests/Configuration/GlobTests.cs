using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class GlobTests
{
    [Fact]
    public void IsMatch_AnyPatternAndText_AgreesWithTheTable()
    {
        var random = new Random(17);
        int matches = 0;
        for (int i = 0; i < 50_000; i++)
        {
            string pattern = Draw(random, "ab*?*", 9);
            string text = Draw(random, "ab", 12);

            bool expected = Reference(pattern, text);

            Assert.True(expected == new Glob(pattern).IsMatch(text), $"'{pattern}' on '{text}': {expected}");
            matches += expected ? 1 : 0;
        }

        Assert.InRange(matches, 5_000, 45_000);
    }

    [Theory]
    [InlineData("cpu{host=*}", "cpu{host=a}", true)]
    [InlineData("cpu{host=*}", "CPU{host=a}", false)]
    [InlineData("*[0-9].+", "x[0-9].+", true)] // no character but '*' and '?' is special
    [InlineData("*[0-9].+", "x7ab", false)]
    [InlineData("ab*ba", "aba", false)] // ends must not overlap
    public void IsMatch_Examples(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).IsMatch(text));

    [Fact]
    public void IsMatch_ManyStars_EndsWithoutBacktracking()
    {
        string pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b*";

        Assert.False(new Glob(pattern).IsMatch(new string('a', 20_000)));
    }

    private static string Draw(Random random, string alphabet, int longest) =>
        new([.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => alphabet[random.Next(alphabet.Length)])]);

    /// <summary>The textbook table: whether the first i of the pattern match the first j of the text.</summary>
    private static bool Reference(string pattern, string text)
    {
        var match = new bool[pattern.Length + 1, text.Length + 1];
        match[0, 0] = true;
        for (int i = 1; i <= pattern.Length; i++)
        {
            for (int j = 0; j <= text.Length; j++)
            {
                match[i, j] = pattern[i - 1] == '*'
                    ? match[i - 1, j] || (j > 0 && match[i, j - 1])
                    : j > 0 && match[i - 1, j - 1] && (pattern[i - 1] == '?' || pattern[i - 1] == text[j - 1]);
            }
        }

        return match[pattern.Length, text.Length];
    }
}
