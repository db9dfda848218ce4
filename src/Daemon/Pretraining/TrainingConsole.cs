using Spectre.Console;
using Streaming.Daemon.Cli;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>Where a run is shown: lines, and on a terminal a bar below them for the epoch under way.</summary>
/// <param name="output">A command's output.</param>
internal sealed class TrainingConsole(TextWriter output)
{
    private readonly LiveConsole console = new(output);

    /// <summary>Writes a line; long ones are not broken where a program may read them.</summary>
    public void WriteLine(string text) => console.WriteLine(text);

    /// <summary>Runs work that reports its batches.</summary>
    public T WithBar<T>(Func<Action<BatchProgress>?, T> work) =>
        console.WithBars(bars => work(bars is null ? null : new EpochBars(bars).Show));

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
