using System.CommandLine;
using Streaming.Daemon.Cli.Backtest;
using Streaming.Daemon.Cli.Doctor;
using Streaming.Daemon.Cli.Models;
using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Cli.Training;
using Streaming.Daemon.Demo;

namespace Streaming.Daemon.Cli;

/// <summary>The command line: parses it, runs the command and answers with its exit code.</summary>
internal static class ForecasterCommand
{
    /// <param name="args">Arguments of the process.</param>
    /// <param name="invocation">Where output goes; null for the console.</param>
    /// <param name="stop">Ends the command as a signal would.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args, InvocationConfiguration? invocation = null, CancellationToken stop = default)
    {
        ParseResult parsed = Create().Parse(args);

        // Commands that run long stop on SIGTERM and SIGINT by themselves, and take the time they need to end well.
        invocation ??= new();
        invocation.ProcessTerminationTimeout = null;
        int code = await parsed.InvokeAsync(invocation, stop);
        return parsed.Errors.Count > 0 ? ExitCodes.Configuration : code;
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Create() =>
        new("""
            Forecasts every time series on a Kafka topic, one step after every event, and learns as it goes.

            See it work on this machine, without a broker:
              forecaster demo
            Run it:
              FORECASTER__Kafka__BootstrapServers=broker:9092 forecaster run
            See what a configuration comes to, without touching Kafka:
              forecaster check --config forecaster.json
            See what it would read out of your records:
              forecaster decode records.json
            Train a model on files, for a deployment that starts warm:
              forecaster train data/ -o champion.safetensors
            See how good forecasts would have been on series in files:
              forecaster backtest history.csv --report backtest.html
            Bring weights from PyTorch:
              forecaster model import net.safetensors -o lstm-7.safetensors
            Find what stands in the way of a deployment:
              forecaster doctor --config forecaster.json
            Make the topics of a deployment:
              forecaster topics create --config forecaster.json --dry-run
            See how far each partition is, and whether a restart would go on from there:
              forecaster state inspect --config forecaster.json
            Drop all that a deployment keeps, to begin anew:
              forecaster reset --config forecaster.json --dry-run

            Settings come from appsettings.json (next to the executable, then in the working directory), the file of
            --config, files named Section__Key in the folder FORECASTER_SECRETS (mounted secrets) and
            FORECASTER__Section__Key variables; what comes later wins.
            Exit codes: 0 done or stopped when asked to, 1 failure, 2 wrong command line, configuration, model file,
            record, topic or stored state (docs/commands.md).
            """)
        {
            RunCommand.Create(),
            CheckCommand.Create(),
            DecodeCommand.Create(),
            DemoCommand.Create(),
            TrainCommand.Create(),
            BacktestCommand.Create(),
            ModelCommand.Create(),
            DoctorCommand.Create(),
            TopicsCommand.Create(),
            StateCommand.Create(),
            ResetCommand.Create(),
            CompletionCommand.Create(),
        };
}
