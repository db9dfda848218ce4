using System.Text;
using Streaming.Daemon.Serving.Api;

namespace Daemon.Tests.Serving.Api;

public sealed class IdTextTests
{
    private const string Letters = "aAbB\u00e4\u00c4/";

    /// <summary>Short texts of few letters: many are found, at starts, ends and across, and some ids are alike.</summary>
    [Fact]
    public void Find_AnyText_IsWhereAWalkOverAllFindsIt()
    {
        var random = new Random(3);
        for (int round = 0; round < 500; round++)
        {
            string[] ids = [.. Enumerable.Range(0, random.Next(20)).Select(_ => Text(random, random.Next(8)))];
            string sought = Text(random, random.Next(1, 4));
            bool[] found = new bool[ids.Length];

            int count = new IdText([.. ids.Select(Encoding.UTF8.GetBytes)]).Find(Encoding.UTF8.GetBytes(sought), found);

            Assert.Equal(ids.Select(id => Lower(id).Contains(Lower(sought), StringComparison.Ordinal)), found);
            Assert.Equal(found.Count(one => one), count);
        }
    }

    private static string Text(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));

    private static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));
}
