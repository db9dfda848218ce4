using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Model;
using Streaming.Training.Pretraining;

namespace Streaming.Daemon.Pretraining;

/// <summary>Trains a model on files, from reading them to the files that come of it.</summary>
/// <remarks>The state is saved after each epoch, and when stopped; model and picture are written at the end.</remarks>
internal sealed class PretrainingRun(PretrainingRequest request, TrainingConsole console)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly List<EpochReport> epochs = [];

    /// <summary>Runs to an end of training, or until it is told to stop.</summary>
    /// <exception cref="InputErrorException">What was asked for can't be done.</exception>
    /// <exception cref="InvalidDataException">A line of a file is not what it should be.</exception>
    /// <exception cref="ModelFileException">The model to start from can't be used.</exception>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    public PretrainingReport Run(CancellationToken stop)
    {
        RunState? earlier = request.Resume ? RunStateFile.Read(request.State) : null;
        TrainingData data = new TrainingDataReader(request.Configuration, request.Options).Read(request.Files);
        ModelParameters start = Start();
        ModelOptions model = request.Configuration.Options.Model;
        IReadOnlyDictionary<string, string> facts = RunFacts.Of(request.Options, model, start, data);
        using Trainer trainer = new(start, data.Windows, request.Options.ToTrainer(model.Horizons));
        if (earlier is not null)
        {
            GoOn(trainer, earlier, facts);
        }

        DataSummary.Lines(request, data, start).ForEach(console.WriteLine);
        console.WriteLine("");
        console.WriteLine(EpochTable.Heading);
        TrainingEnd end = Train(trainer, data, facts, stop);
        PretrainingReport report = ReportOf(data, start, end);
        if (!report.HasFailed)
        {
            TrainedFiles.Write(request, data, end.Best, epochs, report);
        }

        if (end.Stop == TrainingStop.Cancelled)
        {
            SaveState(trainer, facts);
        }
        else
        {
            File.Delete(request.State); // after a failure, too: going on from it would end there again
        }

        return report;
    }

    private ModelParameters Start() => request.From is { } from
        ? StoredModel.Read(from).Model.Parameters
        : ModelInitializer.Create(request.Configuration.Shape, request.Options.Seed);

    private void GoOn(Trainer trainer, RunState earlier, IReadOnlyDictionary<string, string> facts)
    {
        string[] differences = [.. RunFacts.Differences(earlier.Facts, facts)];
        if (differences.Length > 0)
        {
            throw new InputErrorException(
                $"{request.State}: the earlier run was another one: {string.Join("; ", differences)}. "
                + "Ask for the same, or train anew with --force and without --resume.");
        }

        trainer.Restore(earlier.Trainer);
        epochs.AddRange(earlier.Epochs);
        console.WriteLine($"going on in epoch {earlier.Trainer.Epochs + 1} after {earlier.Trainer.Updates:N0} updates");
    }

    private TrainingEnd Train(
        Trainer trainer, TrainingData data, IReadOnlyDictionary<string, string> facts, CancellationToken stop)
    {
        var table = new EpochTable(data.Steps);
        return console.WithBar(onBatch => trainer.Run(
            epoch =>
            {
                epochs.Add(epoch);
                SaveState(trainer, facts);
                console.WriteLine(table.Line(epoch));
            },
            onBatch,
            stop));
    }

    private void SaveState(Trainer trainer, IReadOnlyDictionary<string, string> facts) =>
        RunStateFile.Write(request.State, new(facts, epochs, trainer.Capture()));

    private PretrainingReport ReportOf(TrainingData data, ModelParameters start, TrainingEnd end) => new(
        data.Series,
        data.Steps,
        data.SkippedSeries,
        request.Options.Part,
        epochs.Count > 0 ? epochs[^1].Epoch : 0,
        end.BestEpoch,
        end.BestEpoch > 0 ? NumberOrNone(epochs.Find(epoch => epoch.Epoch == end.BestEpoch).TrainLoss) : null,
        NumberOrNone(end.BestLoss),
        end.Updates,
        end.Stop,
        data.WithIds(end.Reason),
        Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
        end.Stop is TrainingStop.BadData or TrainingStop.Diverged ? null : request.Output,
        start.Values.Length);

    private static double? NumberOrNone(double loss) => double.IsFinite(loss) ? loss : null;
}
