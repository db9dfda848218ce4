using System.Globalization;
using Streaming.Daemon.Pretraining;
using Streaming.Inference.Experts;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Backtest;

/// <summary>Reads files, gives each series the settings it would have in service, and finds what can't be scored.
/// </summary>
internal sealed class BacktestReader(BacktestRequest request)
{
    /// <summary>Largest value that is taken: the daemon refuses larger ones, too.</summary>
    private const double LargestValue = 1e100;

    private readonly SeriesFinder finder = new(request.Configuration, request.Options.ToCsv());

    /// <summary>Reads one file.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file and line.</exception>
    /// <exception cref="InputErrorException">There is nothing to score, and why.</exception>
    public BacktestFile Read(string path)
    {
        FoundSeries[] found = [.. finder.Read([path])];
        FoundSeries[] series = [.. found.Select(WithoutMissing).Where(one => one.Series.Values.Length > 0)];
        if (series.Length == 0)
        {
            throw new InputErrorException($"{path}: all values are missing; there is nothing to forecast.");
        }

        long[] rows =
        [
            .. series.SelectMany(one => one.Series.TimeTicks.Select(time => BacktestFile.StartOf(one.Profile, time)))
                .Distinct().Order(),
        ];
        var split = RowSplit.Of(request.Options.Protocol, path, rows.Length, StepOf(series, rows));
        RequireScores(path, split, rows.Length);
        bool isGroup = request.Options.Group == GroupChoice.Columns && series.Length is > 1 and <= SeriesGroup.MostMembers
            && !series[0].Profile.IsEventMode
            && AreColumns(found) && series.All(one => one.Profile == series[0].Profile);
        return new(path, request.Options.Protocol, series, isGroup, rows, split);
    }

    /// <summary>Whether all have the same times: columns of one table.</summary>
    private static bool AreColumns(FoundSeries[] found) =>
        found.All(one => one.Series.TimeTicks.AsSpan().SequenceEqual(found[0].Series.TimeTicks));

    private static long StepOf(FoundSeries[] series, long[] rows) =>
        series[0].Profile.StepTicks is > 0 and var ticks ? ticks : BacktestFile.MeanSpacing(rows);

    private void RequireScores(string path, RowSplit split, int rows)
    {
        int longest = request.Options.Horizons[^1], least = split.OnlineStart + longest;
        if (split.End < least || split.TrainEnd < 1)
        {
            throw new InputErrorException(
                $"{path}: {rows} steps are too few: protocol {request.Options.Protocol} with horizons up to {longest} "
                + $"needs {Math.Max(least, split.OnlineStart + 1)} here; take smaller --horizons, or more data.");
        }
    }

    /// <summary>The series without what it lacks: missing values, and those that stand for them.</summary>
    private FoundSeries WithoutMissing(FoundSeries found)
    {
        RawSeries series = found.Series;
        int[] kept = [.. Enumerable.Range(0, series.Values.Length).Where(n => IsPresent(series, n))];
        int covariates = series.Values.Length == 0 ? 0 : series.Covariates.Length / series.Values.Length;
        return found with
        {
            Series = series with
            {
                TimeTicks = [.. kept.Select(n => series.TimeTicks[n])],
                Values = [.. kept.Select(n => series.Values[n])],
                Covariates = [.. kept.SelectMany(n => series.Covariates[(n * covariates)..((n + 1) * covariates)])],
            },
        };
    }

    private bool IsPresent(RawSeries series, int n)
    {
        double value = series.Values[n];
        if (!double.IsFinite(value) || request.Options.Sentinels.Contains(value))
        {
            return false;
        }

        if (Math.Abs(value) > LargestValue)
        {
            throw new InputErrorException(string.Create(
                CultureInfo.InvariantCulture,
                $"series '{series.Id}' has the value {value:R}: numbers up to {LargestValue:R} are taken; name it with "
                + $"--sentinel if it means missing."));
        }

        return true;
    }
}
