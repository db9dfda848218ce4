using System.CommandLine;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class DemoCommandTests
{
    [Theory]
    [InlineData("demo --speed 0", "--speed must be max or a number")]
    [InlineData("demo --speed fast", "not 'fast'")]
    [InlineData("demo --speed -1", "--speed")]
    [InlineData("demo --speed NaN", "not 'NaN'")]
    [InlineData("demo --speed Infinity", "not 'Infinity'")]
    [InlineData("demo --port 65536", "--port must be within 0 to 65535")]
    public void Parse_OutOfBounds_SaysWhatIsAllowed(string line, string fault)
    {
        ParseResult parsed = Root().Parse(line);

        Assert.Contains(parsed.Errors, error => error.Message.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("demo", 180)]
    [InlineData("demo --once --json --speed 12.5 --port 9464", 12.5)]
    [InlineData("demo --speed max", double.PositiveInfinity)]
    public void Parse_GoodLine_ReadsTheSpeed(string line, double speed)
    {
        ParseResult parsed = Root().Parse(line);

        Assert.Empty(parsed.Errors);
        Assert.Equal(speed, parsed.GetValue<double>("--speed"));
    }

    private static RootCommand Root() => new() { DemoCommand.Create() };
}
