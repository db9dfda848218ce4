using System.Globalization;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest.Report;

/// <summary>Keeps what the page shows of one file while that is replayed. Bounded, whatever the file's length.</summary>
internal sealed class FileRecorder
{
    private const int MostSeries = 12;
    private const int MostAnomalies = 400;
    private const int MostExperts = 8;
    private const int BestExperts = 3;

    private readonly BacktestFile file;
    private readonly IReadOnlyList<int> horizons;
    private readonly ScoreSheet sheet;
    private readonly string[][] expertsOf;
    private readonly ErrorTracks errors;
    private readonly WeightTracks weights;
    private readonly ExcerptRecorder?[] excerpts;
    private readonly double?[] expected;
    private readonly List<(int Place, AnomalyMark Mark)> anomalies = [];
    private int alarms;

    /// <param name="file">The file.</param>
    /// <param name="horizons">Horizons that are reported, in steps.</param>
    /// <param name="sheet">Its scores, experts included.</param>
    /// <param name="expertsOf">Names of the experts of each series.</param>
    public FileRecorder(BacktestFile file, IReadOnlyList<int> horizons, ScoreSheet sheet, string[][] expertsOf)
    {
        (this.file, this.horizons, this.sheet, this.expertsOf) = (file, horizons, sheet, expertsOf);
        var buckets = new TimeBuckets(
            file.Rows[Math.Max(file.Split.OnlineStart - 1, 0)], file.Rows[file.Split.End - 1]);
        errors = new ErrorTracks(buckets, [.. horizons], file.Series.Count);
        weights = new WeightTracks(buckets, sheet.Experts);
        expected = new double?[file.Series.Count];
        int every = (file.Series.Count + MostSeries - 1) / MostSeries;
        excerpts = [.. file.Series.Select((_, n) => n % every == 0 ? new ExcerptRecorder(file, horizons[^1]) : null)];
    }

    /// <summary>Takes a step.</summary>
    public void Take(in IssuedStep issued)
    {
        int place = SeriesReplay.PlaceOf(issued.Step.Series);
        excerpts[place]?.Take(issued);
        if (issued.Head.IsAnomaly && sheet.Scores(issued.Step.TimeTicks))
        {
            alarms++;
            if (anomalies.Count < MostAnomalies)
            {
                anomalies.Add((place, new(
                    file.Series[place].Series.Id, MsOf(issued.Step.TimeTicks), issued.Step.Value, expected[place],
                    Deviations: null, issued.Head.Score)));
            }
        }

        expected[place] = Short(issued.Yhat[0]);
        if (sheet.Scores(issued.Step.TimeTicks))
        {
            weights.Add(issued);
        }
    }

    /// <summary>Takes a forecast whose value has come.</summary>
    public void Settle(in SettledForecast settled)
    {
        if (sheet.Scores(settled.OriginTicks))
        {
            errors.Add(settled, expertsOf[settled.Series], file.Series[settled.Series].Profile.SeasonSteps);
        }
    }

    /// <summary>What the page shows.</summary>
    /// <param name="network">The network, in words.</param>
    public FileReport ToReport(string network)
    {
        BacktestResult[] results = [.. horizons.Select(h => sheet.At(h, withBaselines: true))];
        double[] units = [.. file.Series.Select((_, place) => sheet.UnitOf(place).Deviation)];
        return new(
            file.Name, results[0].Protocol, network, file.Split.End, file.Series.Count, results, ByStep(results[^1]),
            sheet.CoverageByStep(), errors.ToLines(units), weights.ToLines(MostExperts),
            [.. excerpts.Select((one, place) => one?.ToExcerpt(file.Series[place].Series.Id)).OfType<SeriesExcerpt>()],
            [.. anomalies.Select(one => InDeviations(one.Mark, units[one.Place]))], alarms);
    }

    public static long MsOf(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>A number as a chart needs it: six digits, null where it is none.</summary>
    public static double? Short(double value) => !double.IsFinite(value) ? null
        : double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static AnomalyMark InDeviations(AnomalyMark mark, double unit) =>
        mark with { Deviations = Short(Math.Abs(mark.Value - mark.Expected ?? double.NaN) / unit) };

    /// <summary>The forecast, the best experts, the network and the simplest rules.</summary>
    private NamedLine[] ByStep(BacktestResult longest)
    {
        string[] names = [.. longest.Baselines!.OrderBy(one => one.Value.Mse).Select(one => one.Key)];
        string[] naive = [.. names.Where(name => name.StartsWith("seasonal-", StringComparison.Ordinal)).Take(1)];
        IEnumerable<string> shown = names.Take(BestExperts).Union(names.Intersect(["network"])).Union(naive)
            .Union(names.Intersect(["persistence"]));
        return
        [
            new("forecast", sheet.SquaresByStep(-1)),
            .. shown.Select(name => new NamedLine(name, sheet.SquaresByStep(PlaceOf(name)))),
        ];
    }

    private int PlaceOf(string name) => Array.IndexOf(sheet.Experts, name);
}
