namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>All that a lane tells of one series.</summary>
/// <param name="Rank">What the list tells.</param>
/// <param name="RestoreRemaining">Records that its partition reads again before it publishes; 0: it is live.</param>
/// <param name="Fan">Its latest forecasts; null before the first.</param>
/// <param name="Experts">Weight of each expert in them, by name; none where that is not known.</param>
/// <param name="Points">Its last closed steps, oldest first.</param>
/// <param name="HasHistory">Whether what was forecast of them is kept from now on.</param>
internal sealed record SeriesReport(
    SeriesRank Rank, long RestoreRemaining, SeriesFan? Fan, IReadOnlyList<KeyValuePair<string, float>> Experts,
    IReadOnlyList<HistoryPoint> Points, bool HasHistory);
