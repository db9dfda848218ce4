namespace Streaming.Daemon.Configuration;

/// <summary>The rules, compiled: which kind a series is of. Immutable and thread-safe.</summary>
internal sealed class RuleBook
{
    private readonly SeriesSelector[] selectors;
    private readonly SeriesKind[] kinds;
    private readonly Dictionary<string, SeriesKind>.AlternateLookup<ReadOnlySpan<char>> grouped;
    private readonly SeriesFilter filter;

    /// <param name="options">Options that passed validation.</param>
    /// <exception cref="ArgumentException">They did not.</exception>
    public RuleBook(ForecasterOptions options)
    {
        filter = new SeriesFilter(options.Input);
        selectors = [.. options.Rules.Select(rule => new SeriesSelector(rule.Select))];
        var ofGroups = new Dictionary<string, SeriesKind>(StringComparer.Ordinal);
        grouped = ofGroups.GetAlternateLookup<ReadOnlySpan<char>>();
        Members = new GroupBook(options.Groups);
        kinds =
        [
            .. options.Rules.Select((rule, i) => Kind(i, i, rule.Select, rule.Over(options.Series), options.Model)),
            Kind(options.Rules.Count, null, null, options.Series, options.Model),
        ];
        SeriesKind[] groups = [.. options.Groups.Select((group, i) =>
            Resolve(group.Members[0]) with { Index = kinds.Length + i, Group = group })];
        kinds = [.. kinds, .. groups];
        foreach (SeriesKind kind in groups)
        {
            foreach (string id in kind.Group!.Members)
            {
                ofGroups.Add(id, kind);
            }
        }
    }

    /// <summary>All kinds: one a rule, then the one of series that no rule takes, then one a group.</summary>
    public IReadOnlyList<SeriesKind> Kinds => kinds;

    /// <summary>The kind of series that no rule takes.</summary>
    public SeriesKind Unruled => kinds[selectors.Length];

    /// <summary>Which series are in which group.</summary>
    public GroupBook Members { get; }

    /// <summary>Whether a series is forecast at all: see <see cref="SeriesFilter"/>.</summary>
    public bool Takes(ReadOnlySpan<char> seriesId) => filter.Takes(seriesId);

    /// <summary>The kind of a series: that of its group, else that of the first rule whose selector matches.</summary>
    /// <remarks>Allocates nothing. Time grows with the rules: ask once a series, not once a record.</remarks>
    public SeriesKind Resolve(ReadOnlySpan<char> seriesId)
    {
        if (grouped.TryGetValue(seriesId, out SeriesKind? kind))
        {
            return kind;
        }

        for (int i = 0; i < selectors.Length; i++)
        {
            if (selectors[i].IsMatch(seriesId))
            {
                return kinds[i];
            }
        }

        return Unruled;
    }

    private static SeriesKind Kind(
        int index, int? rule, string? select, SeriesOptions options, ModelOptions model) =>
        new(index, rule, select, options, ProfileFactory.Create(options), SeriesHorizons.PlacesOf(options, model));
}
