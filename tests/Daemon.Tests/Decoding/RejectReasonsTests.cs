using System.Text;
using System.Text.RegularExpressions;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public partial class RejectReasonsTests
{
    [Fact]
    public void Name_EveryReason_IsItsIdentifierInKebabCase()
    {
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            string expected = reason == RejectReason.BadUtf8 ? "bad-utf8"
                : WordStart().Replace(reason.ToString(), "-$0").ToLowerInvariant();

            Assert.Equal(expected, reason.Name());
            Assert.Equal(expected, Encoding.UTF8.GetString(reason.NameUtf8()));
            Assert.Equal(reason.Detail(), Encoding.UTF8.GetString(reason.DetailUtf8()));
        }

        Assert.Equal(Enum.GetValues<RejectReason>().Length, RejectReasons.Count);
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
