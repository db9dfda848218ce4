using System.Runtime.InteropServices;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Models;

/// <summary>A version that the models topic holds whole.</summary>
/// <remarks>Thread-safe. Weights are packed when somebody first asks for them, and kept: lanes share them.</remarks>
internal sealed class KeptVersion
{
    private readonly byte[][] chunks;
    private readonly Lazy<ModelVersion> packed;

    /// <param name="manifest">What is said of it; its form has a shape, to which the pieces add up.</param>
    /// <param name="chunks">The pieces of its weights; not changed any more.</param>
    public KeptVersion(VersionManifest manifest, byte[][] chunks)
    {
        (Manifest, this.chunks) = (manifest, chunks);
        packed = new(() => new ModelVersion(Id, ModelWeights.Pack(Parameters()), manifest.IsGiven()));
    }

    public VersionManifest Manifest { get; }

    public int Id => Manifest.Id;

    /// <summary>The version as lanes use it.</summary>
    public ModelVersion Version => packed.Value;

    /// <summary>A copy of its weights, bit for bit.</summary>
    public ModelParameters Parameters()
    {
        var parameters = new ModelParameters(Manifest.Form.ToShape());
        Span<byte> rest = MemoryMarshal.AsBytes(parameters.Values.AsSpan());
        foreach (byte[] chunk in chunks)
        {
            chunk.CopyTo(rest);
            rest = rest[chunk.Length..];
        }

        return parameters;
    }
}
