using Streaming.Daemon.Backtest.Report;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest;

/// <summary>Replays files and scores the forecasts: from reading them to their results.</summary>
internal sealed class BacktestRun
{
    private readonly BacktestRequest request;
    private readonly ForecasterSettings settings;
    private readonly int[] horizons;

    /// <param name="request">What was asked for.</param>
    public BacktestRun(BacktestRequest request)
    {
        this.request = request;
        settings = request.Settings;
        horizons = [.. settings.Horizons];
    }

    /// <summary>Reads all files before one is replayed: what is wrong is known at once.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file and line.</exception>
    /// <exception cref="Pretraining.InputErrorException">A file has nothing to score.</exception>
    public IReadOnlyList<BacktestFile> Read()
    {
        var reader = new BacktestReader(request);
        return [.. request.Files.Select(reader.Read)];
    }

    /// <summary>Replays one file.</summary>
    /// <param name="file">As read.</param>
    /// <param name="show">Told what happens, and which share of it is done.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="stepped">Told of each step, too; null: nobody is.</param>
    /// <exception cref="ModelFileException">The configured model can't be used.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public FileBacktest Replay(
        BacktestFile file, Action<string, double> show, CancellationToken stop, StepIssued? stepped = null)
    {
        show("preparing the network", 0);
        NetworkCourse network = NetworkCourse.Of(file, request, settings, stop);
        var replay = new SeriesReplay(file.Series, file.IsGroup, settings, network.First, !network.IsSilent);
        string[][] experts = [.. file.Series.Select((_, place) => replay.PlanOf(place).Names.ToArray())];
        bool scoresExperts = request.HasBaselines || request.Report is not null;
        var sheet = new ScoreSheet(file, settings, experts, scoresExperts);
        FileRecorder? recorder = request.Report is null ? null : new(file, request.Options.Horizons, sheet, experts);
        ForecastTrail[] trails =
        [
            .. file.Series.Select((one, place) => new ForecastTrail(
                place, one.Profile, horizons, settings.QuantileLevels.Length,
                scoresExperts ? experts[place].Length : 0)),
        ];
        var newest = new long[file.Series.Count];
        replay.Stepped = Follow;
        replay.Run(file.EndTicks, time =>
        {
            stop.ThrowIfCancellationRequested();
            replay.Version = network.After(newest) ?? replay.Version;
            show("replaying", (time - file.Rows[0]) / (double)Math.Max(file.Rows[^1] - file.Rows[0], 1));
        });
        return new(file, network.Text, [.. request.Options.Horizons.Select(h => sheet.At(h, request.HasBaselines))])
        {
            Report = recorder?.ToReport(network.Text),
        };

        void Follow(in IssuedStep issued)
        {
            int place = SeriesReplay.PlaceOf(issued.Step.Series);
            newest[place] = issued.Step.TimeTicks;
            trails[place].Follow(issued, Settle);
            sheet.Take(issued);
            recorder?.Take(issued);
            stepped?.Invoke(issued);
        }

        void Settle(in SettledForecast settled)
        {
            sheet.Settle(settled);
            recorder?.Settle(settled);
        }
    }
}
