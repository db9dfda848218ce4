namespace Streaming.Inference.Model;

/// <summary>Keys in the metadata of a model file. All begin alike, so that they never meet those of other programs.
/// </summary>
public static class ModelMetadata
{
    /// <summary>Version of the network.</summary>
    public const string Version = "forecaster.version";

    /// <summary>Names of the inputs, in order, separated by commas.</summary>
    public const string Features = "forecaster.features";

    /// <summary>Horizons in steps, ascending, one an output, separated by commas.</summary>
    public const string Horizons = "forecaster.horizons";

    /// <summary>Past values at the front of the skip vector, in steps.</summary>
    public const string Lags = "forecaster.lags";

    /// <summary>Name of what inputs and outputs are scaled by.</summary>
    public const string Scaler = "forecaster.scaler";

    /// <summary>Marks a file as ours; its value is the version of the format.</summary>
    internal const string Format = "forecaster.format";

    /// <summary>Checksum of the file.</summary>
    internal const string Checksum = "forecaster.sha256";

    /// <summary>The network's sizes, for people; the tensors say the same.</summary>
    internal const string Shape = "forecaster.shape";

    /// <summary>The version of the format that is written, and the only one that is read.</summary>
    internal const string FormatVersion = "1";

    /// <summary>Whether a key is written by the file format itself, from the rest of the file.</summary>
    internal static bool IsWritersOwn(string key) => key is Format or Checksum or Shape;
}
