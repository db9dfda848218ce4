using System.Diagnostics;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

/// <summary>Colours: on a terminal alone, and not where NO_COLOR is set.</summary>
public sealed class ColourTests : IDisposable
{
    private const string Red = "\e[";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TheoryNeeding("script")]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task Doctor_OnATerminal_IsColouredUnlessNoColorIsSet(string? noColor, bool isColoured)
    {
        string config = folder.Write("forecaster.json", """{ "Kafka": { "BootstrapServers": "127.0.0.1:1" } }""");
        string command = $"dotnet exec '{typeof(ForecasterCommand).Assembly.Location}' doctor --config '{config}'";
        var start = new ProcessStartInfo("script", ["--quiet", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        if (noColor is not null)
        {
            start.Environment["NO_COLOR"] = noColor;
        }

        using Process terminal = Process.Start(start)!;
        terminal.StandardInput.Close();
        string output = await terminal.StandardOutput.ReadToEndAsync();
        await CommandRun.EndAsync(terminal);

        Assert.Contains("nobody listens there", output, StringComparison.Ordinal);
        Assert.Equal(isColoured, output.Replace("\e[?1h", "", StringComparison.Ordinal).Contains(Red, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_ToAFile_IsPlain()
    {
        string config = folder.Write("forecaster.json", """{ "Kafka": { "BootstrapServers": "127.0.0.1:1" } }""");

        CommandRun run = await CommandRun.InChild(
            folder.Path, new Dictionary<string, string> { ["TERM"] = "xterm-256color" }, "doctor", "--config", config);

        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain('│', run.Output);
    }
}
