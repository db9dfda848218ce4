namespace Streaming.Daemon.Configuration;

/// <summary>Which series are forecast at all: those that Input:Include names and Input:Exclude does not.</summary>
/// <remarks>Immutable and thread-safe; allocates nothing. Time grows with the patterns: ask for new series
/// only.</remarks>
internal sealed class SeriesFilter(InputOptions options)
{
    private readonly SeriesSelector[] include = [.. options.Include.Select(pattern => new SeriesSelector(pattern))];
    private readonly SeriesSelector[] exclude = [.. options.Exclude.Select(pattern => new SeriesSelector(pattern))];

    public bool Takes(ReadOnlySpan<char> seriesId) =>
        (include.Length == 0 || IsMatch(include, seriesId)) && !IsMatch(exclude, seriesId);

    private static bool IsMatch(SeriesSelector[] patterns, ReadOnlySpan<char> seriesId)
    {
        foreach (SeriesSelector pattern in patterns)
        {
            if (pattern.IsMatch(seriesId))
            {
                return true;
            }
        }

        return false;
    }
}
