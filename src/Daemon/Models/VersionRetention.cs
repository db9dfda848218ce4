namespace Streaming.Daemon.Models;

/// <summary>Which versions the models topic goes on keeping.</summary>
internal static class VersionRetention
{
    /// <summary>Versions that are never taken away: the champion, the one it displaced, the one given last.</summary>
    public const int Least = 3;

    /// <summary>What a new champion crowds out: the oldest beyond the bound.</summary>
    /// <param name="view">What the topic holds.</param>
    /// <param name="next">The new champion.</param>
    /// <param name="kept">Versions that are kept, the new one included; <see cref="Least"/> or more.</param>
    /// <returns>Ids, and pieces that each has at most.</returns>
    /// <remarks>The last version that was given stays, or else a restart with the same Model:File would find that its
    /// weights are in no version, and put them back in force.</remarks>
    public static IEnumerable<(int Id, int Chunks)> CrowdedOut(CatalogView view, NewChampion next, int kept)
    {
        int given = next.IsGiven ? next.Id : view.Versions
            .Where(version => version.Value.Whole?.Manifest.IsGiven() ?? false)
            .Select(version => version.Key).DefaultIfEmpty(0).Max();
        int[] others = [.. view.Versions.Keys.Where(id => id != next.Id && id != next.Previous && id != given)];
        int room = kept - (view.Versions.Count - others.Length) - (view.Versions.ContainsKey(next.Id) ? 0 : 1);
        return others.OrderDescending().Skip(Math.Max(0, room)).Select(id => (id, view.Versions[id].ChunkKeys));
    }

    /// <param name="Id">Its id.</param>
    /// <param name="Previous">The version that it displaces; 0 for none.</param>
    /// <param name="IsGiven">Whether it was given, and not trained here.</param>
    internal readonly record struct NewChampion(int Id, int Previous, bool IsGiven);
}
