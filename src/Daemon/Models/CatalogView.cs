namespace Streaming.Daemon.Models;

/// <summary>What the models topic held at some offset; immutable.</summary>
/// <param name="Versions">What is there of each version, by id.</param>
/// <param name="Champion">Which one is in force; null where that is not said, or the record is damaged.</param>
/// <param name="HighestId">The highest id that was ever seen, gone ones included.</param>
/// <param name="Damaged">Damaged and foreign records met so far.</param>
internal sealed record CatalogView(
    IReadOnlyDictionary<int, CatalogEntry> Versions, ChampionRecord? Champion, int HighestId, long Damaged)
{
    public static readonly CatalogView Empty = new(new Dictionary<int, CatalogEntry>(), null, 0, 0);

    /// <summary>The version in force; null where none is, or what is there of it is not whole.</summary>
    public KeptVersion? InForce => Champion is { } champion ? Find(champion.Id) : null;

    /// <summary>A version; null where there is none, or what is there is not whole.</summary>
    public KeptVersion? Find(int id) => Versions.GetValueOrDefault(id)?.Whole;
}

/// <summary>What the models topic holds of one version.</summary>
/// <param name="Whole">The version; null where some of it is missing or damaged.</param>
/// <param name="ChunkKeys">Pieces that have a value in the topic have lower numbers.</param>
internal sealed record CatalogEntry(KeptVersion? Whole, int ChunkKeys);
