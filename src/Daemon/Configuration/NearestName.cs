namespace Streaming.Daemon.Configuration;

/// <summary>Finds what someone meant to type.</summary>
internal static class NearestName
{
    /// <summary>The known name nearest to a misspelt one; null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        int limit = Math.Max(1, name.Length / 3);
        return known
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>The first path that ends in a name: a right key in the wrong section.</summary>
    public static string? FindPath(string name, IEnumerable<string> paths) =>
        paths.FirstOrDefault(path =>
            path[(path.LastIndexOf(':') + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Edits from one text to the other: insert, delete, replace, or swap neighbours.</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], 1 + d[i - 2, j - 2]);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
