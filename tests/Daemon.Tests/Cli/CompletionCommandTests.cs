using System.Diagnostics;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

public sealed class CompletionCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_OfAShell_IsAScriptThatAsksTheExecutable(string shell)
    {
        CommandRun run = await CommandRun.InProcess("completion", shell);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_OfAnotherShell_IsRefusedWithThoseThereAre()
    {
        CommandRun run = await CommandRun.InProcess("completion", "tcsh");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("fish", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The script in the shell itself, with a line as somebody has typed it.</summary>
    [TheoryNeeding("bash")]
    [InlineData("forecaster topics c", "check create")]
    [InlineData("forecaster check --s", "--series")]
    [InlineData("forecaster decode --format in", "influx")]
    [InlineData("forecaster check --config ", "")]
    public async Task Bash_ALineThatIsBegun_IsCompletedByTheParser(string line, string expected)
    {
        string script = folder.Write("complete.bash", $$"""
            forecaster() { dotnet exec '{{typeof(ForecasterCommand).Assembly.Location}}' "$@"; }
            {{(await CommandRun.InProcess("completion", "bash")).Output}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=(forecaster)
            _forecaster
            echo "${COMPREPLY[*]}"
            """);

        using Process bash = Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true })!;
        string output = await bash.StandardOutput.ReadToEndAsync();
        await CommandRun.EndAsync(bash);

        Assert.Equal(expected, output.Trim().ReplaceLineEndings(" "));
    }
}
