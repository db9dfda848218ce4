using System.Globalization;
using System.Text;

namespace Benchmarks.Nab;

/// <summary>A result as tables in Markdown.</summary>
internal static class NabTable
{
    public static string Text(NabResult result)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{result.Files} files: {result.Best.Score:f1} at the best threshold ({result.Best.Threshold}), "
            + $"{result.Shipped.Score:f1} and {result.Shipped.PerSeriesDay:f2} alarms a series and day at the one that "
            + $"ships ({result.Shipped.Threshold}).");
        text.AppendLine().AppendLine("| threshold | score | found | false | alarms | a series and day |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (NabRow row in result.Thresholds)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.Threshold} | {row.Score:f1} | {row.Found}/{row.Windows} | {row.False} | {row.Alarms} "
                + $"| {row.PerSeriesDay:f2} |");
        }

        text.AppendLine().AppendLine("| file | found | false | spikes | level shifts | gaps | alarms a day |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (NabFileRow row in result.PerFile)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.File} | {row.Found}/{row.Windows} | {row.False} | {row.Spikes} | {row.LevelShifts} | {row.Gaps} "
                + $"| {row.PerDay:f2} |");
        }

        return text.ToString();
    }
}
