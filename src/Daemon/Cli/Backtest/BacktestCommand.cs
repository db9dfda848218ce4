using System.CommandLine;
using System.Globalization;
using System.Text;
using Streaming.Daemon.Backtest;
using Streaming.Daemon.Backtest.Report;
using Streaming.Daemon.Cli.Models;
using Streaming.Daemon.Cli.Training;

namespace Streaming.Daemon.Cli.Backtest;

/// <summary>forecaster backtest: how good forecasts would have been on series in files.</summary>
internal static class BacktestCommand
{
    public static Command Create()
    {
        var arguments = new BacktestArguments();
        var command = new Command(
            "backtest",
            """
            Replay CSV files through the daemon's forecaster, and score what it forecasts.

            Files are read as train reads them: long, wide, or a series a line. Each file is replayed by itself, step by
            step from its first value on; a value teaches once its time has come. Errors are in standard deviations of
            the rows before the scored ones (prequential: of all), averaged over steps 1 to the horizon and over series.

            Examples:
              forecaster backtest ETTh1.csv --protocol A --horizons 1,24,48 --profile accuracy --baselines
              forecaster backtest data/ --horizons 1,12 --report backtest.html
            """);
        arguments.AddTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(CommandGuard.Run(
            () => Run(arguments, parsed, stop), parsed.InvocationConfiguration.Error)));
        return command;
    }

    private static int Run(BacktestArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        InvocationConfiguration io = parsed.InvocationConfiguration;
        bool asJson = arguments.AsJson(parsed);
        BacktestRequest request = arguments.Read(parsed);
        TextWriter text = asJson ? io.Error : io.Output;
        var console = new LiveConsole(text);
        var run = new BacktestRun(request);
        IReadOnlyList<BacktestFile> files = run.Read();
        using var signals = new StopSignals(stop);
        FileBacktest[] done;
        try
        {
            done = [.. files.Select(file => Replay(run, file, console, signals.Token))];
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            io.Error.WriteLine("forecaster: stopped; nothing was scored.");
            return ExitCodes.Ok;
        }

        BacktestResult[] results = [.. done.SelectMany(one => one.Results)];
        console.WriteLine("");
        BacktestTable.Write(results, request.Options.Scores, new TableConsole(text));
        if (request.Report is { } page)
        {
            byte[] html = Encoding.UTF8.GetBytes(ReportPage.Of([.. done.Select(one => one.Report!)]));
            AtomicFile.Write(page, html, replace: true);
            console.WriteLine($"Report: {page}");
        }

        if (asJson)
        {
            io.Output.WriteLine(BacktestResult.ToJson(results));
        }

        return ExitCodes.Ok;
    }

    private static FileBacktest Replay(
        BacktestRun run, BacktestFile file, LiveConsole console, CancellationToken stop)
    {
        FileBacktest done = console.WithBars(bars =>
        {
            var bar = bars?.AddTask(file.Name, maxValue: 1);
            return run.Replay(
                file,
                (what, share) =>
                {
                    if (bar is not null)
                    {
                        bar.Description = $"{file.Name}: {what}";
                        bar.Value = share;
                    }
                },
                stop);
        });
        console.WriteLine(LineOf(done));
        return done;
    }

    private static string LineOf(FileBacktest done)
    {
        BacktestFile file = done.File;
        int seasonSteps = file.Series[0].Profile.SeasonSteps;
        string season = seasonSteps > 0 ? $"a season of {seasonSteps} steps" : "no season";
        string group = file.IsGroup ? "; forecast from one another (--group none: each alone)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Name}: {file.Series.Count} series, {file.Split.End:N0} rows, scored from row "
            + $"{file.Split.OnlineStart + 1:N0} on; {season}; network: {done.Network}{group}");
    }
}
