using Streaming.Training.Samples;

namespace Streaming.Daemon.Pretraining;

/// <summary>What a model is trained on.</summary>
/// <param name="Windows">Stretches of series without a long gap, in the order of the series.</param>
/// <param name="Ids">Id of each window's series.</param>
/// <param name="Series">Series with a window.</param>
/// <param name="SkippedSeries">Series of the part that are too short for one.</param>
/// <param name="FoundSeries">Series in the files, of all parts.</param>
/// <param name="Steps">Steps of all windows.</param>
/// <param name="Grids">What steps and seasons the series have.</param>
internal sealed record TrainingData(
    IReadOnlyList<EncodedWindow> Windows,
    IReadOnlyList<string> Ids,
    int Series,
    int SkippedSeries,
    int FoundSeries,
    long Steps,
    IReadOnlyList<SeriesGrid> Grids)
{
    /// <summary>A trainer's sentence with a series' id in the place of its hash.</summary>
    public string WithIds(string sentence)
    {
        int bad = Windows.ToList().FindIndex(
            window => sentence.Contains($"{window.Series:x16}", StringComparison.Ordinal));
        return bad < 0
            ? sentence
            : sentence.Replace($"{Windows[bad].Series:x16}", $"'{Ids[bad]}'", StringComparison.Ordinal);
    }
}
