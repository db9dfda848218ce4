using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;

namespace Daemon.Tests.Cli;

/// <summary>The built executable as a process of its own.</summary>
public sealed class ExecutableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task Invalid_EndsWith2AndNeverTouchesKafka(string command)
    {
        using var broker = new TcpListener(IPAddress.Loopback, 0);
        broker.Start();
        folder.Write("appsettings.json", """{ "Model": { "Hidden": 0 }, "Series": { "Step": "soon" } }""");
        var variables = new Dictionary<string, string>
        {
            ["FORECASTER__Kafka__BootstrapServers"] = broker.LocalEndpoint.ToString()!,
            ["FORECASTER__Http__Port"] = "http",
        };

        CommandRun run = await CommandRun.InChild(folder.Path, variables, command);

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            ["Http:Port", "Model:Hidden", "Series:Step"],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)])
                .Order());
        Assert.False(broker.Pending());
    }

    [Fact]
    public async Task Run_Sigterm_EndsWith0()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no SIGTERM there
        }

        var variables = new Dictionary<string, string>
        {
            ["FORECASTER__Kafka__BootstrapServers"] = "127.0.0.1:1", // nobody listens: waited for, not fatal
            ["FORECASTER__Http__Address"] = "127.0.0.1",
            ["FORECASTER__Http__Port"] = "0",
        };
        using Process daemon = CommandRun.Start(folder.Path, variables, "run");
        Task<string> error = daemon.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = await daemon.StandardOutput.ReadLineAsync();
        }
        while (line is not null && !line.Contains("Application started", StringComparison.Ordinal));
        Task<string> rest = daemon.StandardOutput.ReadToEndAsync();

        using (Process kill = Process.Start("kill", ["-TERM", $"{daemon.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await CommandRun.EndAsync(daemon);
        await rest;
        Assert.Equal((ExitCodes.Ok, ""), (daemon.ExitCode, await error));
    }
}
