using Streaming.Inference.Model;

namespace Streaming.Daemon.Models;

/// <summary>What the models topic holds of one version: the last value of each of its keys.</summary>
/// <remarks>Whole is a function of these last values: what compaction has taken away does not matter.</remarks>
internal sealed class VersionParts
{
    private readonly Dictionary<int, byte[]?> chunks = []; // null: damaged
    private VersionManifest? manifest;
    private bool hasManifest; // also a damaged one

    /// <summary>The version, where all of it is here and undamaged.</summary>
    public KeptVersion? Whole { get; private set; }

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsGone => !hasManifest && chunks.Count == 0;

    /// <summary>Pieces that have a value in the topic have lower numbers.</summary>
    public int ChunkKeys => chunks.Count == 0 ? 0 : chunks.Keys.Max() + 1;

    /// <summary>Takes a manifest; null where it is damaged.</summary>
    public void Take(VersionManifest? value)
    {
        (hasManifest, manifest) = (true, value);
        Whole = Assemble();
    }

    /// <summary>Takes a piece of the weights; null where it is damaged.</summary>
    public void Take(int chunk, byte[]? value)
    {
        if (chunks.GetValueOrDefault(chunk) is { } known && value is not null && known.AsSpan().SequenceEqual(value))
        {
            return; // published again
        }

        chunks[chunk] = value;
        Whole = Assemble();
    }

    /// <summary>A key has no value any more.</summary>
    /// <param name="chunk">The piece; null for the manifest.</param>
    public void Forget(int? chunk)
    {
        if (chunk is { } number)
        {
            chunks.Remove(number);
        }
        else
        {
            (hasManifest, manifest) = (false, null);
        }

        Whole = Assemble();
    }

    private KeptVersion? Assemble()
    {
        if (manifest is null || manifest.Chunks < 1 || manifest.Chunks > chunks.Count)
        {
            return null;
        }

        byte[]?[] found = [.. Enumerable.Range(0, manifest.Chunks).Select(i => chunks.GetValueOrDefault(i))];
        return Array.TrueForAll(found, chunk => chunk is not null) && AddsUp(manifest, found!)
            ? new(manifest, found!)
            : null;
    }

    private static bool AddsUp(VersionManifest manifest, byte[][] chunks)
    {
        if (chunks.Sum(chunk => (long)chunk.Length) != manifest.Bytes
            || VersionManifest.HashOf(chunks) != manifest.Hash)
        {
            return false;
        }

        try
        {
            return sizeof(float) * new ModelParameters(manifest.Form.ToShape()).Values.LongLength == manifest.Bytes;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
