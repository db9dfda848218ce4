using System.Globalization;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Turns what lanes tell of series into bodies of answers.</summary>
internal sealed class SeriesViews(RuleBook rules, ForecasterSettings settings)
{
    private readonly string[] levels =
        [.. settings.QuantileLevels.Select(level => level.ToString(CultureInfo.InvariantCulture))];

    /// <summary>A line of the list.</summary>
    public SeriesItemView Item(in SeriesRank rank) => new(
        Encoding.UTF8.GetString(rank.Id), rank.Partition, StatusOf(rank), ReasonOf(rank), rank.Progress.Steps, StepOf(rank),
        ApiJson.Time(rank.TimeTicks), ApiJson.Finite(rank.Value), UnitOf(rank), ApiJson.Finite(rank.ErrorRatio),
        Score(rank.Score));

    /// <summary>All of a series.</summary>
    public SeriesView Series(SeriesReport report)
    {
        SeriesItemView item = Item(report.Rank);
        return new(
            item.Id, item.Partition, item.Status, ReasonOf(report), item.Steps, item.StepSeconds, item.LastTime,
            item.LastValue, item.Unit, item.ErrorRatio, item.AnomalyScore,
            report.Experts.ToDictionary(expert => expert.Key, expert => Math.Round(expert.Value, 6)), History(report.Points),
            report.Fan is null ? null : Fan(report.Fan, [.. Enumerable.Range(0, settings.Horizons.Length)]),
            ErrorStretches.Of(report.Points));
    }

    /// <summary>Its forecasts at some horizons, by their places; null before the first step.</summary>
    public SeriesForecastView? Forecast(SeriesReport report, int[] places)
    {
        SeriesItemView item = Item(report.Rank);
        return report.Fan is null
            ? null
            : new(item.Id, item.Status, ReasonOf(report), item.Unit, Fan(report.Fan, places));
    }

    /// <summary>Why there is no forecast to rely on yet; null where there is.</summary>
    public static string? ReasonOf(SeriesReport report) => report.RestoreRemaining > 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"partition {report.Rank.Partition} is being restored: {report.RestoreRemaining} records to go")
        : ReasonOf(report.Rank);

    private static string StatusOf(in SeriesRank rank) =>
        rank.Progress.Status == SeriesStatus.Cold ? "cold" : "warm";

    private static string? ReasonOf(in SeriesRank rank) =>
        rank.Progress.Status == SeriesStatus.Cold ? rank.Progress.ToString() : null;

    /// <summary>Scores are kept in single precision: digits past that say nothing.</summary>
    private static double? Score(float score) => ApiJson.Finite(Math.Round(score, 6));

    private static double? StepOf(in SeriesRank rank) =>
        rank.StepTicks > 0 ? rank.StepTicks / (double)TimeSpan.TicksPerSecond : null;

    private string? UnitOf(in SeriesRank rank) => rules.Kinds[rank.Kind].Options.Unit is { Length: > 0 } unit ? unit
        : rank.Unit is { } known ? Encoding.UTF8.GetString(known.Text)
        : null;

    private FanView Fan(SeriesFan fan, int[] places)
    {
        int horizons = settings.Horizons.Length;
        var quantiles = new Dictionary<string, double?[]>();
        for (int q = 0; q < levels.Length; q++)
        {
            quantiles[levels[q]] = [.. places.Select(k => ApiJson.Finite(fan.Quantiles[(q * horizons) + k]))];
        }

        return new(
            new(fan.TimeTicks, DateTimeKind.Utc),
            fan.Version > 0 ? string.Create(CultureInfo.InvariantCulture, $"lstm@{fan.Version}") : null,
            [.. places.Select(k => settings.Horizons[k])],
            fan.TargetTicks.Length == 0 ? null : [.. places.Select(k => new DateTime(fan.TargetTicks[k], DateTimeKind.Utc))],
            [.. places.Select(k => ApiJson.Finite(fan.Yhat[k]))], quantiles);
    }

    private static HistoryView History(IReadOnlyList<HistoryPoint> points) => new(
        [.. points.Select(point => new DateTime(point.TimeTicks, DateTimeKind.Utc))],
        [.. points.Select(point => ApiJson.Finite(point.Value))], [.. points.Select(point => ApiJson.Finite(point.Yhat))],
        [.. points.Select(point => ApiJson.Finite(point.Lower))], [.. points.Select(point => ApiJson.Finite(point.Upper))],
        [.. points.Select(point => ApiJson.Finite(point.Naive))], [.. points.Select(point => Score(point.Score))],
        [.. points.Select(point => point.Alarm == AnomalyKind.None ? (AnomalyKind?)null : point.Alarm)]);
}
