namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Who watches what, at one time. Immutable: made anew where one comes or leaves.</summary>
internal sealed class LiveAudience
{
    public static readonly LiveAudience None = new([]);

    private readonly Dictionary<byte[], LiveWatch[]>.AlternateLookup<ReadOnlySpan<byte>> bySeries;

    public LiveAudience(LiveWatch[] watches)
    {
        Watches = watches;
        OfAll = [.. watches.Where(watch => watch.Series.Count == 0)];
        bySeries = watches
            .SelectMany(watch => watch.Series.Select(id => (Id: id, Watch: watch)))
            .GroupBy(wanted => wanted.Id, Utf8Comparer.Instance)
            .ToDictionary(
                series => series.Key, series => series.Select(wanted => wanted.Watch).Distinct().ToArray(),
                Utf8Comparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>All who watch.</summary>
    public LiveWatch[] Watches { get; }

    /// <summary>Those who want every series.</summary>
    public LiveWatch[] OfAll { get; }

    /// <summary>Those who want a series by its id: one lookup, however many watch.</summary>
    public ReadOnlySpan<LiveWatch> Of(ReadOnlySpan<byte> id) =>
        bySeries.TryGetValue(id, out LiveWatch[]? watches) ? watches : default;
}
