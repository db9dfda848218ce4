using Spectre.Console;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>Where a run is shown: lines, and on a terminal a bar below them for the epoch under way.</summary>
internal sealed class TrainingConsole
{
    private readonly TextWriter output;
    private readonly IAnsiConsole console;
    private readonly bool isLive;

    /// <param name="output">A command's output.</param>
    public TrainingConsole(TextWriter output)
    {
        this.output = output;
        console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) });
        isLive = console.Profile.Out.IsTerminal && console.Profile.Capabilities.Interactive;
    }

    /// <summary>Writes a line; long ones are not broken where a program may read them.</summary>
    public void WriteLine(string text)
    {
        if (isLive)
        {
            console.WriteLine(text);
        }
        else
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>Runs work that reports its batches.</summary>
    public T WithBar<T>(Func<Action<BatchProgress>?, T> work)
    {
        if (!isLive)
        {
            return work(null);
        }

        return console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bars => work(new EpochBars(bars).Show));
    }

    private sealed class EpochBars(ProgressContext bars)
    {
        private ProgressTask? bar;
        private int epoch;

        public void Show(BatchProgress progress)
        {
            if (bar is null || progress.Epoch != epoch)
            {
                epoch = progress.Epoch;
                bar = bars.AddTask($"epoch {epoch}", maxValue: progress.EpochBatches);
            }

            bar.Description = $"epoch {epoch}, loss {LossText.Of(progress.TrainLoss)}";
            bar.Value = progress.Batches;
        }
    }
}
