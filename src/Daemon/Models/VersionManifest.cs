using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Models;

/// <summary>What the models topic says of a version besides its weights; written after them.</summary>
internal sealed record VersionManifest
{
    /// <summary>The version's id, from 1; none is given twice.</summary>
    public required int Id { get; init; }

    /// <summary>How it is fed, and what comes out.</summary>
    public required NetworkForm Form { get; init; }

    /// <summary>Pieces that the weights travel in.</summary>
    public required int Chunks { get; init; }

    /// <summary>Bytes of the weights: four a parameter, in the order of <see cref="ModelParameters.Values"/>.</summary>
    public required long Bytes { get; init; }

    /// <summary>XXH3 (64 bits) of these bytes, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The version that it was trained on from; 0 where it was given, by a file or with the product.</summary>
    public required int Base { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Where it comes from, in a few words.</summary>
    public required string Why { get; init; }

    /// <summary>Whether it was given, and not trained here.</summary>
    public bool IsGiven() => Base == 0;

    /// <summary>The hash of weights, as manifests have it.</summary>
    public static string HashOf(ModelParameters parameters) =>
        HashOf([MemoryMarshal.AsBytes<float>(parameters.Values).ToArray()]);

    /// <summary>The hash of weights in pieces.</summary>
    public static string HashOf(IEnumerable<byte[]> chunks)
    {
        var hash = new XxHash3();
        foreach (byte[] chunk in chunks)
        {
            hash.Append(chunk);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }
}
