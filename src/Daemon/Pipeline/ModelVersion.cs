using System.Globalization;
using Streaming.Daemon.Output;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Pipeline;

/// <summary>Immutable weights with an id.</summary>
/// <param name="id">1 for the first, ascending.</param>
/// <param name="weights">Shared by all lanes.</param>
internal sealed class ModelVersion(int id, ModelWeights weights)
{
    private const string Prefix = "lstm@";

    public int Id { get; } = id;

    public ModelWeights Weights { get; } = weights;

    /// <summary>Name in forecasts, metrics and logs: "lstm@17".</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}");

    /// <summary>The name as JSON text, with quotes.</summary>
    public byte[] Json { get; } = JsonText.Quote(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}"));

    /// <summary>The id of a version by its name; null for what is no such name.</summary>
    public static int? IdOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id
            : null;
}
