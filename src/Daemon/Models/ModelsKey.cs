using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Models;

/// <summary>What a record of the models topic is about.</summary>
/// <param name="Version">Id of the version; 0 for the champion's record.</param>
/// <param name="Chunk">Number of the piece of its weights, from 0; null for the manifest, and the champion.</param>
internal readonly record struct ModelsKey(int Version, int? Chunk = null)
{
    /// <summary>Pieces that a version has at most: the largest network there is takes 800.</summary>
    public const int MaxChunks = 1_024;

    private const string VersionPrefix = "version/";
    private const string ChampionText = "champion";

    /// <summary>Key of the record that says which version is in force.</summary>
    public static ModelsKey Champion => default;

    public bool IsChampion => Version == 0;

    /// <summary>Reads a key; false where it is none of ours. Each key has one form only.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ModelsKey key)
    {
        key = Champion;
        string text = Encoding.UTF8.GetString(bytes);
        string[] numbers = text.StartsWith(VersionPrefix, StringComparison.Ordinal)
            ? text[VersionPrefix.Length..].Split('/')
            : [];
        if (numbers.Length is 1 or 2 && int.TryParse(numbers[0], NumberStyles.None, null, out int version))
        {
            key = new(version, numbers.Length == 2 && TryReadChunk(numbers[1], out int chunk) ? chunk : null);
        }

        return text == key.ToString();
    }

    /// <summary>The key as its bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>"version/17/0", "version/17" or "champion".</summary>
    public override string ToString() => IsChampion ? ChampionText
        : string.Create(CultureInfo.InvariantCulture, $"{VersionPrefix}{Version}{(Chunk is null ? "" : "/")}{Chunk}");

    private static bool TryReadChunk(string text, out int chunk) =>
        int.TryParse(text, NumberStyles.None, null, out chunk) && chunk < MaxChunks;
}
