using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

public sealed class OneLineTests
{
    /// <summary>Names out of records reach terminals: none may move the cursor there, or begin a line of its own.</summary>
    [Fact]
    public void Of_LineEndsAndControlCharacters_AreOneHarmlessLine()
    {
        string text = OneLine.Of("pump\r\n4\u001b[2J\u0000\u0085\u2028");

        Assert.DoesNotContain(text, char.IsControl);
        Assert.DoesNotContain('\u2028', text);
        Assert.StartsWith("pump", text, StringComparison.Ordinal);
    }
}
