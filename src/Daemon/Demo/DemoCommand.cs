using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pretraining;

namespace Streaming.Daemon.Demo;

/// <summary>forecaster demo: the daemon on real streams, with a Kafka cluster inside the process.</summary>
internal static class DemoCommand
{
    private const double MostStepsPerSecond = 1_000_000;
    private const int FileWidth = 160; // columns where output is no terminal: the scorecard in full

    public static Command Create()
    {
        Argument<string[]> data = new("DATA")
        {
            Description = "CSV files of your own, and folders of them, in the place of the bundled streams.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        CommandSettings<OwnDataOptions> settings = OwnDataSettings.Create();
        Option<double?> speed = new("--speed")
        {
            Description = "Steps of the longest stream replayed a second, or max. Without: about a minute in all, so that "
                + "fine-tuned versions arrive while it runs.",
            HelpName = "steps|max",
            CustomParser = ParseSpeed,
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
            See it work on this machine, without a broker: on CSV files of your own, or on bundled streams.

            Starts a Kafka cluster inside the process, replays the files into it (or 18 real streams: New York taxi rides
            and Amazon CloudWatch metrics, from NAB), runs the ordinary daemon on them, and ends with a scorecard. Open
            the address that it prints to watch on the dashboard, which stays until Ctrl-C.

            A file is long (columns series, time, value), wide (a time, then a column a series) or has a series a line (its
            id, then its values); a folder stands for its *.csv. Times are ISO 8601, month/day/year or numbers since 1970.

            MASE there is the forecasts' mean absolute error over that of a simple method on the same origins and
            targets: persistence (the value stays) or seasonal naive (it repeats yesterday's). Below 1 is better than
            the simple method. The total is the mean over series; a series whose simple method makes no error at all
            is left out of it.

            Examples: your own series; with the season named; the bundled streams at once, and the scorecard alone
              forecaster demo sales.csv
              forecaster demo sensors/ --step 00:01:00 --season 01:00:00 --port 8080
              forecaster demo --speed max --once
            """)
        {
            data,
            speed,
            once,
            json,
            port,
        };
        settings.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            new()
            {
                StepsPerSecond = parsed.GetValue(speed),
                Once = parsed.GetValue(once),
                Json = parsed.GetValue(json),
                Port = parsed.GetValue(port),
            },
            () => PlanOf(parsed, parsed.GetValue(data) ?? [], settings),
            parsed.InvocationConfiguration,
            stop));
        return command;
    }

    /// <exception cref="InputErrorException">What is wrong with the options or the files.</exception>
    private static DemoPlan PlanOf(ParseResult parsed, string[] data, CommandSettings<OwnDataOptions> settings)
    {
        var errors = new List<ConfigurationError>();
        OwnDataOptions options = settings.Options(parsed, errors);
        if (errors.Count > 0)
        {
            throw new InputErrorException([.. errors.Select(settings.Text)]);
        }

        return data.Length == 0 ? DemoPlan.Bundled() : new OwnData(options).Read(data);
    }

    private static async Task<int> RunAsync(
        DemoOptions demo, Func<DemoPlan> read, InvocationConfiguration io, CancellationToken stop)
    {
        DemoPlan? plan = null;
        int code = CommandGuard.Run(
            () =>
            {
                plan = read();
                return ExitCodes.Ok;
            },
            io.Error);
        if (plan is null)
        {
            return code;
        }

        using EmbeddedCluster cluster = new();
        ForecasterOptions options = plan.Adjust(DemoConfiguration.Create(cluster.BootstrapServers, demo.Port));
        foreach (string topic in DemoConfiguration.TopicsOf(options))
        {
            cluster.CreateTopic(topic, DemoConfiguration.Partitions);
        }

        IAnsiConsole console = ConsoleOn(demo.Json ? io.Error : io.Output);
        return await DaemonHost.RunAsync(
            () => CreateHost(demo, options, plan, console, io.Output), io.Error, stop);
    }

    private static WebApplication CreateHost(
        DemoOptions demo, ForecasterOptions options, DemoPlan plan, IAnsiConsole console, TextWriter stdout) =>
        DaemonHost.Create(options, configure: host =>
        {
            Quieten(host.Logging);
            host.Services.AddHostedService(services => new DemoRun(
                demo, options, plan, console, stdout, services.GetRequiredService<IServer>(),
                services.GetRequiredService<IHostApplicationLifetime>()));
        });

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

    private static double? ParseSpeed(ArgumentResult argument)
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
