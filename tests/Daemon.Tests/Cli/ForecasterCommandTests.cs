using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

public sealed class ForecasterCommandTests
{
    [Theory]
    [InlineData("runn")]
    [InlineData("run", "--confg", "x")]
    [InlineData("check", "--series")]
    [InlineData]
    public async Task RunAsync_WrongCommandLine_EndsWith2(params string[] args)
    {
        CommandRun run = await CommandRun.InProcess(args);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("--help", "forecaster run")]
    [InlineData("--help", "FORECASTER__")]
    [InlineData("run --help", "/ready")]
    [InlineData("check --help", "--series 'cpu{host=a}'")]
    public async Task RunAsync_Help_Teaches(string args, string expected)
    {
        CommandRun run = await CommandRun.InProcess(args.Split(' '));

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }
}
