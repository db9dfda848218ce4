using System.Diagnostics.CodeAnalysis;

namespace Streaming.Daemon.Configuration;

/// <summary>Outcome of loading: options, or everything that is wrong.</summary>
internal sealed class ConfigurationResult
{
    internal ConfigurationResult(
        ForecasterOptions options, IReadOnlyList<ConfigurationError> errors, IReadOnlyList<ConfigurationLayer> layers)
    {
        Options = errors.Count == 0 ? options : null;
        Errors = errors;
        Layers = layers;
    }

    /// <summary>The options; null when there are errors.</summary>
    public ForecasterOptions? Options { get; }

    public IReadOnlyList<ConfigurationError> Errors { get; }

    /// <summary>The sources, lowest precedence first.</summary>
    public IReadOnlyList<ConfigurationLayer> Layers { get; }

    [MemberNotNullWhen(true, nameof(Options), nameof(Shown))]
    public bool IsValid => Options is not null;

    /// <summary>The options as they may be shown; null when there are errors.</summary>
    public ForecasterOptions? Shown => Options is null
        ? null
        : EffectiveOptions.Of(Options, key => LayerOf(key)?.IsSecret == true);

    /// <summary>Name of the source that decides a key; null for a default.</summary>
    public string? SourceOf(string key) => LayerOf(key)?.Name;

    /// <summary>All sources merged, for the host's logging; the forecaster's own settings are in Options.</summary>
    public IConfiguration Merged()
    {
        var builder = new ConfigurationBuilder();
        foreach (ConfigurationLayer layer in Layers)
        {
            builder.AddConfiguration(layer.Values);
        }

        return builder.Build();
    }

    private ConfigurationLayer? LayerOf(string key)
    {
        string parent = key[..Math.Max(0, key.LastIndexOf(':'))];
        string name = key[(key.LastIndexOf(':') + 1)..];
        return Layers.LastOrDefault(layer => layer.Has(key) || NamesProperty(layer, parent, name));
    }

    private static bool NamesProperty(ConfigurationLayer layer, string parent, string name) =>
        layer.Children(parent).Any(child => OptionsBinder.PropertyName(child) == name);
}
