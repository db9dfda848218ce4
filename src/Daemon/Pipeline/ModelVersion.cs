using System.Globalization;
using Streaming.Daemon.Output;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Immutable weights with an id.</summary>
/// <param name="id">1 for the first, ascending.</param>
/// <param name="weights">Shared by all lanes.</param>
/// <param name="isGiven">Whether it was given, by a file or with the product, and not trained on from the one before: what
/// series remember under another version means nothing to it.</param>
internal sealed class ModelVersion(int id, ModelWeights weights, bool isGiven = false)
{
    private const string Prefix = "lstm@";

    public int Id { get; } = id;

    public ModelWeights Weights { get; } = weights;

    /// <summary>The version as forecasters step with it.</summary>
    /// <param name="burnInSteps">Steps that a given one burns in.</param>
    public ServedWeights Serve(int burnInSteps) => new(Id, Weights, isGiven ? burnInSteps : 0);

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
