using System.CommandLine;
using Streaming.Daemon.Cli.Models;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pretraining;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Cli.Training;

/// <summary>forecaster train: from files of series to a model that a deployment starts with.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var arguments = new TrainArguments();
        var command = new Command(
            "train",
            """
            Train a model on CSV files, so that a new deployment starts warm.

            A file is long (columns series, time, value), wide (a time, then a column a series) or has a series a line
            (its id, then its values); a folder stands for its *.csv. Series are prepared by the daemon's own code,
            under the settings of --config: train with the configuration that will serve the model.

            Ctrl-C and SIGTERM stop between two batches: the best weights so far are written, and --resume goes on to
            the very bytes that a run without the pause gives. Beside the model comes a picture of its losses.

            Examples:
              forecaster train data/ -o champion.safetensors --config forecaster.json
              forecaster train hourly.csv -o half.safetensors --part 1/2 --horizons 1,6,24,48 --epochs 40
            """);
        arguments.AddTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(CommandGuard.Run(
            () => Run(arguments, parsed, stop), parsed.InvocationConfiguration.Error)));
        return command;
    }

    private static int Run(TrainArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        InvocationConfiguration io = parsed.InvocationConfiguration;
        bool asJson = arguments.AsJson(parsed);
        PretrainingRequest request = arguments.Read(parsed);
        var console = new TrainingConsole(asJson ? io.Error : io.Output);
        using var signals = new StopSignals(stop);
        PretrainingReport report = new PretrainingRun(request, console).Run(signals.Token);
        if (report.HasFailed)
        {
            io.Error.WriteLine(OneLine.Of($"forecaster: training stopped: {report.Reason}; {Advice(report.Stop)}"));
        }
        else
        {
            Summarize(report, request, console);
        }

        if (asJson)
        {
            io.Output.WriteLine(report.ToJson());
        }

        return report.HasFailed ? ExitCodes.Failure : ExitCodes.Ok;
    }

    private static void Summarize(PretrainingReport report, PretrainingRequest request, TrainingConsole console)
    {
        string best = report.BestEpoch > 0
            ? $"the weights of epoch {report.BestEpoch} are kept"
            : "no epoch was better than the start: its weights are kept";
        ServingReport serving = ServingReport.Of(
            StoredModel.OptionsFor(request.Output, StoredModel.Read(request.Output).Model));
        console.WriteLine("");
        console.WriteLine(
            $"Ended after {report.Epochs} epochs, {report.Updates:N0} updates and {report.Seconds:N1} s: "
            + $"{report.Reason}; {best} (validation loss {LossText.Of(report.ValidationLoss ?? double.NaN)}).");
        console.WriteLine($"Model: {request.Output}");
        console.WriteLine($"Losses: {request.Curve}");
        if (report.Stop == TrainingStop.Cancelled)
        {
            console.WriteLine($"State: {request.State}; the same command with --resume goes on.");
        }

        console.WriteLine($"Serve it with {serving.ToJson()}");
    }

    private static string Advice(TrainingStop stop) => stop == TrainingStop.Diverged
        ? "try a smaller --learning-rate, or look for wild values (--clip-share); nothing was written"
        : "mend the data, or name such values with --sentinel; nothing was written";
}
