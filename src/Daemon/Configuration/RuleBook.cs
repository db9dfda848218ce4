namespace Streaming.Daemon.Configuration;

/// <summary>The rules, compiled: which kind a series is of. Immutable and thread-safe.</summary>
internal sealed class RuleBook
{
    private readonly SeriesSelector[] selectors;
    private readonly SeriesKind[] kinds;
    private readonly SeriesFilter filter;

    /// <param name="options">Options that passed validation.</param>
    /// <exception cref="ArgumentException">They did not.</exception>
    public RuleBook(ForecasterOptions options)
    {
        filter = new SeriesFilter(options.Input);
        selectors = [.. options.Rules.Select(rule => new SeriesSelector(rule.Select))];
        kinds =
        [
            .. options.Rules.Select((rule, i) => Kind(i, rule.Select, rule.Over(options.Series), options.Model)),
            Kind(options.Rules.Count, null, options.Series, options.Model),
        ];
    }

    /// <summary>All kinds: one a rule, then the one of series that no rule takes.</summary>
    public IReadOnlyList<SeriesKind> Kinds => kinds;

    /// <summary>Whether a series is forecast at all: see <see cref="SeriesFilter"/>.</summary>
    public bool Takes(ReadOnlySpan<char> seriesId) => filter.Takes(seriesId);

    /// <summary>The kind of a series: that of the first rule whose selector matches.</summary>
    /// <remarks>Allocates nothing. Time grows with the rules: ask once a series, not once a record.</remarks>
    public SeriesKind Resolve(ReadOnlySpan<char> seriesId)
    {
        for (int i = 0; i < selectors.Length; i++)
        {
            if (selectors[i].IsMatch(seriesId))
            {
                return kinds[i];
            }
        }

        return kinds[^1];
    }

    private static SeriesKind Kind(int index, string? select, SeriesOptions options, ModelOptions model) =>
        new(index, select, options, ProfileFactory.Create(options), SeriesHorizons.PlacesOf(options, model));
}
