using System.Globalization;

namespace Streaming.Inference.Series;

/// <summary>What inputs of the network are called, and which names stand for several.</summary>
/// <remarks>Model files say by these names what their network was trained on: an input whose meaning changes gets another
/// name.</remarks>
internal static class FeatureNames
{
    /// <summary>Stands for the inputs of a deployment that asks for no others.</summary>
    public const string Default = "default";

    private static readonly Dictionary<string, string[]> groups = new(StringComparer.Ordinal)
    {
        [Default] =
        [
            "deviation", "change", "season-ahead", "season-change", "half-season", "seven-seasons", "running-mean",
            "day-sine", "day-cosine", "week-sine", "week-cosine", "held", "age",
        ],
        ["minute"] = ["hour-sine", "hour-cosine"],
        ["hour"] = ["day-sine", "day-cosine"],
        ["weekday"] = ["week-sine", "week-cosine"],
        ["month"] = ["year-sine", "year-cosine"],
    };

    private static readonly Dictionary<string, FeatureKind> singles = new(StringComparer.Ordinal)
    {
        ["deviation"] = FeatureKind.Deviation,
        ["change"] = FeatureKind.Change,
        ["season-ahead"] = FeatureKind.SeasonAhead,
        ["season-change"] = FeatureKind.SeasonChange,
        ["half-season"] = FeatureKind.HalfSeason,
        ["seven-seasons"] = FeatureKind.SevenSeasons,
        ["running-mean"] = FeatureKind.RunningMean,
        ["hour-sine"] = FeatureKind.HourSine,
        ["hour-cosine"] = FeatureKind.HourCosine,
        ["day-sine"] = FeatureKind.DaySine,
        ["day-cosine"] = FeatureKind.DayCosine,
        ["week-sine"] = FeatureKind.WeekSine,
        ["week-cosine"] = FeatureKind.WeekCosine,
        ["year-sine"] = FeatureKind.YearSine,
        ["year-cosine"] = FeatureKind.YearCosine,
        ["holiday"] = FeatureKind.Holiday,
        ["held"] = FeatureKind.Held,
        ["age"] = FeatureKind.Age,
    };

    private static readonly Dictionary<string, (FeatureKind Kind, int LeastSteps)> spans = new(StringComparer.Ordinal)
    {
        ["lag"] = (FeatureKind.Lag, 1),
        ["mean"] = (FeatureKind.Mean, 2),
        ["std"] = (FeatureKind.Spread, 2),
        ["min"] = (FeatureKind.Least, 2),
        ["max"] = (FeatureKind.Largest, 2),
    };

    private static readonly Dictionary<string, FeatureKind> ofCovariates = new(StringComparer.Ordinal)
    {
        ["covariate"] = FeatureKind.Covariate,
        ["covariate-held"] = FeatureKind.CovariateHeld,
    };

    /// <summary>Whether covariates can be called so: letters, digits, '.', '_' or '-', at most 64.</summary>
    public static bool IsCovariate(string name) => name.Length is > 0 and <= 64
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>The inputs that an entry of a configuration stands for; null where it means none.</summary>
    public static Feature[]? Find(string entry) =>
        groups.TryGetValue(entry, out string[]? names) ? [.. names.Select(name => new Feature(name, singles[name], 0))]
        : singles.TryGetValue(entry, out FeatureKind kind) ? [new(entry, kind, 0)]
        : entry.Split(':') is [var prefix, var rest] && OfPair(entry, prefix, rest) is { } feature ? [feature]
        : null;

    /// <summary>What an entry may be, in words.</summary>
    public static string Known { get; } = string.Join(
        ", ", [.. groups.Keys, .. singles.Keys.Except(groups[Default]), .. spans.Keys.Select(name => $"{name}:STEPS"),
            .. ofCovariates.Keys.Select(name => $"{name}:NAME")]);

    private static Feature? OfPair(string entry, string prefix, string rest) =>
        ofCovariates.TryGetValue(prefix, out FeatureKind kind) && IsCovariate(rest)
            ? new(entry, kind, 0)
            : OfSpan(entry, prefix, rest);

    private static Feature? OfSpan(string entry, string span, string text)
    {
        bool isSpan = spans.TryGetValue(span, out (FeatureKind Kind, int LeastSteps) of);
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int steps)
            && text[0] != '0'; // one name for one input
        return isSpan && isNumber && steps >= of.LeastSteps && steps <= SeriesProfile.MaxWindowSteps
            ? new(entry, of.Kind, steps)
            : null;
    }
}
