using System.Globalization;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Pretraining;

/// <summary>What a run is about to train on, and what was inferred, in lines for people.</summary>
internal static class DataSummary
{
    public static List<string> Lines(PretrainingRequest request, TrainingData data, ModelParameters start)
    {
        List<string> lines = [.. data.Grids.Select(LineOf)];
        var part = SeriesPart.Parse(request.Options.Part);
        if (!part.IsWhole)
        {
            lines.Add(
                $"part {part}: series {part.First}, {part.First + part.Every}, … of the {data.FoundSeries} in the "
                + "files train; the others are left to measure with");
        }

        if (data.SkippedSeries > 0)
        {
            lines.Add($"left out as too short: {data.SkippedSeries} series");
        }

        lines.Add(
            $"{data.Series:N0} series of {data.Steps:N0} steps in all; {start.Values.Length:N0} parameters "
            + $"({start.Shape}); threads: {request.Options.ThreadsToUse()}");
        return lines;
    }

    private static string LineOf(SeriesGrid grid)
    {
        string step = grid.StepTicks == 0
            ? "one step a record"
            : $"steps of {TimeSpan.FromTicks(grid.StepTicks).ToString("c", CultureInfo.InvariantCulture)}";
        string remark = grid.Remark is null ? "" : $" ({grid.Remark})";
        string season = grid.SeasonSteps == 0 ? "no season" : $"a season of {grid.SeasonSteps} steps";
        return $"{grid.Series:N0} series: {step}{remark}; {season}";
    }
}
