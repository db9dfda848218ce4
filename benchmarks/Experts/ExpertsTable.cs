using System.Globalization;
using System.Text;

namespace Benchmarks.Experts;

/// <summary>The lines of a result, as data and as text.</summary>
internal static class ExpertsTable
{
    /// <summary>Mixture, experts, mixtures without each.</summary>
    public static ExpertsRow[] Rows(
        string[] names, double[] weights, Func<int, double[]> errors, bool ablates) =>
    [
        new("mixture", Rounded(errors(0)), 0),
        .. names.Select((name, e) => new ExpertsRow(name, Rounded(errors(1 + e)), Math.Round(weights[e], 3))),
        .. ablates
            ? names.Select((name, e) => new ExpertsRow($"without {name}", Rounded(errors(1 + names.Length + e)), 0))
            : [],
    ];

    /// <summary>One result as a table in Markdown.</summary>
    public static string Text(ExpertsResult result)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{result.File} {result.Protocol}: {result.MicrosecondsPerStep:f0} µs a series-step in all");
        text.AppendLine().AppendLine(
            CultureInfo.InvariantCulture, $"| forecaster | {string.Join(" | ", result.Columns)} | weight |");
        text.AppendLine("| --- |" + string.Concat(result.Columns.Select(_ => " --- |")) + " --- |");
        foreach (ExpertsRow row in result.Rows.Where(row => row.Errors.Any(double.IsFinite)))
        {
            string errors = string.Join(
                " | ", row.Errors.Select(error => error.ToString("f4", CultureInfo.InvariantCulture)));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {errors} | {row.Weight:f2} |");
        }

        AppendIntervals(text, result.Intervals ?? []);
        return text.ToString();
    }

    /// <summary>The mixture of all files beside what it must not exceed, and the best expert alone.</summary>
    public static string Reach(IEnumerable<ExpertsResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| file | mixture | goal | best single expert |").AppendLine("| --- | --- | --- | --- |");
        foreach (ExpertsResult result in results)
        {
            IEnumerable<double[]> experts =
                result.Rows.Skip(1).Where(row => !row.Name.StartsWith("without", StringComparison.Ordinal))
                    .Select(row => row.Errors);
            double[] best =
                [.. result.Columns.Select((_, c) => experts.Select(one => one[c]).Where(double.IsFinite).Min())];
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {result.File} {result.Protocol} | {List(result.Rows[0].Errors)} | {List(result.Goals)} "
                + $"| {List(best)} |");
        }

        return text.ToString();
    }

    private static string List(double[] errors) => string.Join(
        '/', errors.Select(error => error.ToString(error < 1 ? ".0000" : "0.000", CultureInfo.InvariantCulture)));

    private static void AppendIntervals(StringBuilder text, IntervalRow[] rows)
    {
        if (rows.Length > 0)
        {
            text.AppendLine().AppendLine(
                "| interval of 90% | Winkler | of the last 500 residuals | coverage | worst fortnight |");
            text.AppendLine("| --- | --- | --- | --- | --- |");
        }

        foreach (IntervalRow row in rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| h={row.Horizon} | {row.Winkler:f3} | {row.PlainWinkler:f3} | {row.Coverage:p1} "
                + $"| {Share(row.WorstFortnight)} |");
        }
    }

    private static string Share(double share) =>
        double.IsNaN(share) ? "–" : share.ToString("p1", CultureInfo.InvariantCulture);

    private static double[] Rounded(double[] errors) => [.. errors.Select(error => Math.Round(error, 5))];
}
