using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Spectre.Console;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Demo;

/// <summary>The demo as a service beside the ordinary daemon: replays, shows, scores, and with --once ends the host.
/// </summary>
/// <param name="demo">What the command line asks for.</param>
/// <param name="options">The daemon's configuration.</param>
/// <param name="plan">What is replayed.</param>
/// <param name="console">Where progress and scorecard are shown.</param>
/// <param name="stdout">Gets the JSON object.</param>
/// <param name="server">Tells where the dashboard is served.</param>
/// <param name="lifetime">Of the host.</param>
internal sealed class DemoRun(
    DemoOptions demo, ForecasterOptions options, DemoPlan plan, IAnsiConsole console,
    TextWriter stdout, IServer server, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        WriteLine(
            $"Kafka inside this process at {options.Kafka.BootstrapServers}: events in '{options.Input.Topic}', "
            + $"forecasts in '{options.Output.Topic}'.");
        WriteLine($"Dashboard: {Address}/   Metrics: {Address}/metrics");
        DemoSession session = new(
            plan, options.Model.Horizons, demo.StepsPerSecond ?? plan.StepsPerSecond, DemoSession.DefaultPatience, TimeProvider.System);
        DemoSnapshot end = await session.RunAsync(
            options.Kafka.BootstrapServers, options.Input.Topic, options.Output.Topic, DemoConfiguration.Partitions,
            console, stoppingToken);

        ScoreTable.Write(console, end.Scores);
        if (!demo.Json)
        {
            WriteLine(ProgressLine.Of(end));
        }

        if (!demo.Once)
        {
            WriteLine($"The daemon keeps serving until Ctrl-C: {Address}/");
        }

        if (demo.Json)
        {
            await stdout.WriteLineAsync(DemoSummary.Of(end).ToJson());
            await stdout.FlushAsync(stoppingToken);
        }

        if (demo.Once)
        {
            lifetime.StopApplication();
        }
    }

    private string Address =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1";

    /// <summary>Waits for the host: its address is known from then on.</summary>
    private async Task StartedAsync(CancellationToken cancellation)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    /// <summary>A line that is neither wrapped nor read as markup.</summary>
    private void WriteLine(string line) => console.Profile.Out.Writer.WriteLine(line);
}
