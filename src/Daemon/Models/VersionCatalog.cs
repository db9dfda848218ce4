using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Models;

/// <summary>The versions that the models topic holds, as far as it was read: of a key the last value counts.</summary>
/// <remarks>
/// One thread takes records, any thread asks. A version is known whole or not at all: one with a damaged or missing
/// piece is unknown until it is published again. As large as the topic, which its writer keeps to
/// Training:KeptVersions.
/// </remarks>
internal sealed class VersionCatalog
{
    private readonly ModelsCodec codec = new();
    private readonly SortedDictionary<int, VersionParts> parts = [];
    private volatile CatalogView view = CatalogView.Empty;

    /// <summary>All that is known now.</summary>
    public CatalogView View => view;

    /// <summary>The version in force; null where none is, or it is not whole.</summary>
    public ModelVersion? Champion => view.InForce?.Version;

    /// <summary>A version by its id, its weights packed; null where it is unknown.</summary>
    public ModelVersion? Find(int id) => view.Find(id)?.Version;

    /// <summary>Takes the next record of the topic.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value; empty where it is null.</param>
    /// <exception cref="ModelsRefusedException">A later version of the program has written it.</exception>
    public void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CatalogView before = view;
        if (!ModelsKey.TryRead(key, out ModelsKey read))
        {
            view = before with { Damaged = before.Damaged + 1 };
            return;
        }

        bool isDamaged = !TryOpen(key, value, out ReadOnlySpan<byte> content);
        ChampionRecord? champion = before.Champion;
        if (read.IsChampion)
        {
            champion = ModelsCodec.ReadText<ChampionRecord>(content);
            isDamaged |= champion is null && !value.IsEmpty;
        }
        else if (value.IsEmpty)
        {
            Forget(read);
        }
        else
        {
            isDamaged |= !TryTake(read, isDamaged, content);
        }

        view = new(
            parts.ToDictionary(part => part.Key, part => new CatalogEntry(part.Value.Whole, part.Value.ChunkKeys)),
            champion, Math.Max(before.HighestId, read.Version), before.Damaged + (isDamaged ? 1 : 0));
    }

    /// <summary>Takes the frame off; false where it is damaged. A null is fine, and has no content.</summary>
    private bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> content)
    {
        content = default;
        StateDamage damage = value.IsEmpty ? StateDamage.None : codec.Open(key, value, out content);
        if (damage == StateDamage.UnknownVersion)
        {
            throw new ModelsRefusedException(
                $"The models topic has records of form {value[0]}; this version knows form {StateEnvelope.Version}. "
                + "Run the newer version again, run 'forecaster reset --models', or choose another Application.");
        }

        return damage == StateDamage.None;
    }

    /// <returns>Whether the content is what the key says.</returns>
    private bool TryTake(ModelsKey key, bool isDamaged, ReadOnlySpan<byte> content)
    {
        if (!parts.TryGetValue(key.Version, out VersionParts? version))
        {
            parts[key.Version] = version = new();
        }

        if (key.Chunk is { } chunk)
        {
            version.Take(chunk, isDamaged ? null : content.ToArray());
            return true;
        }

        VersionManifest? manifest = isDamaged ? null : ModelsCodec.ReadText<VersionManifest>(content);
        manifest = manifest?.Id == key.Version ? manifest : null;
        version.Take(manifest);
        return manifest is not null;
    }

    private void Forget(ModelsKey key)
    {
        if (parts.TryGetValue(key.Version, out VersionParts? version))
        {
            version.Forget(key.Chunk);
            if (version.IsGone)
            {
                parts.Remove(key.Version);
            }
        }
    }
}
