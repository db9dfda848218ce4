using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Demo;

/// <summary>forecaster demo: the daemon on real streams, with a Kafka cluster inside the process.</summary>
internal static class DemoCommand
{
    private const double MostStepsPerSecond = 1_000_000;
    private const int FileWidth = 160; // columns where output is no terminal: the scorecard in full

    public static Command Create()
    {
        Option<double> speed = new("--speed")
        {
            Description = "Steps of the longest stream (10,320 half-hours of taxi rides) replayed a second, or max. "
                + "The default takes about a minute, so that fine-tuned versions arrive while it runs.",
            HelpName = "steps|max",
            CustomParser = ParseSpeed,
            DefaultValueFactory = _ => DemoOptions.DefaultStepsPerSecond,
        };
        Option<bool> once = new("--once") { Description = "Exit when the streams end; otherwise serve until Ctrl-C." };
        JsonOption json = JsonOption.Of<DemoSummary>(
            DemoSummary.Format,
            "Print the result as one JSON object on stdout's last line; all else goes to stderr.");
        Option<int> port = new("--port")
        {
            Description = "Port of the dashboard, the API and /metrics on 127.0.0.1; 0 picks a free one.",
            DefaultValueFactory = _ => 0,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65_535)
            {
                result.AddError("--port must be within 0 to 65535.");
            }
        });
        Command command = new(
            "demo",
            """
            See it work on this machine, without a broker.

            Starts a Kafka cluster inside the process, replays 18 real streams (New York taxi rides and Amazon
            CloudWatch metrics, from NAB) into it, runs the ordinary daemon on them, and ends with a scorecard. Open
            the address that it prints to watch on the dashboard, which stays until Ctrl-C.
            MASE there is the forecasts' mean absolute error over that of a simple method on the same origins and
            targets: persistence (the value stays) or seasonal naive (it repeats yesterday's). Below 1 is better than
            the simple method. The total is the mean over series; a series whose simple method makes no error at all
            is left out of it.

            Example: all of it at once, and the scorecard alone
              forecaster demo --speed max --once
            """)
        {
            speed,
            once,
            json,
            port,
        };
        command.SetAction((parsed, stop) => RunAsync(
            new()
            {
                StepsPerSecond = parsed.GetValue(speed),
                Once = parsed.GetValue(once),
                Json = parsed.GetValue(json),
                Port = parsed.GetValue(port),
            },
            parsed.InvocationConfiguration,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(DemoOptions demo, InvocationConfiguration io, CancellationToken stop)
    {
        using EmbeddedCluster cluster = new();
        ForecasterOptions options = DemoConfiguration.Create(cluster.BootstrapServers, demo.Port);
        foreach (string topic in DemoConfiguration.TopicsOf(options))
        {
            cluster.CreateTopic(topic, DemoConfiguration.Partitions);
        }

        IAnsiConsole console = ConsoleOn(demo.Json ? io.Error : io.Output);
        return await DaemonHost.RunAsync(
            () => CreateHost(demo, options, console, io.Output), io.Error, stop);
    }

    private static WebApplication CreateHost(
        DemoOptions demo, ForecasterOptions options, IAnsiConsole console, TextWriter stdout)
    {
        IReadOnlyList<DemoStream> streams = DemoData.Read(DemoData.BundledFolder);
        return DaemonHost.Create(options, configure: host =>
        {
            Quieten(host.Logging);
            host.Services.AddHostedService(services => new DemoRun(
                demo, options, streams, console, stdout, services.GetRequiredService<IServer>(),
                services.GetRequiredService<IHostApplicationLifetime>()));
        });
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = FileWidth;
        }

        return console;
    }

    /// <summary>Leaves the display to the demo: warnings only, on stderr; a fault is told once, at the end.</summary>
    private static void Quieten(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static double ParseSpeed(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (text == "max")
        {
            return double.PositiveInfinity;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double steps)
            || steps is not (> 0 and <= MostStepsPerSecond))
        {
            argument.AddError($"--speed must be max or a number of steps a second above 0, not '{text}'.");
        }

        return steps;
    }
}
