using System.Text.Json;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli.Models;

/// <summary>The configuration that serves a model, in the form of a configuration file.</summary>
internal sealed record ServingReport(ServingReport.ModelSection Model)
{
    private static readonly JsonSerializerOptions oneLine = new(JsonOption.Format) { WriteIndented = false };

    public static ServingReport Of(ModelOptions options) =>
        new(new ModelSection(
            options.File!, options.Hidden, options.Layers, options.Horizons, options.LagSteps,
            options.Features is ["default"] ? null : options.Features,
            options.Scaling == Scaling.Standard ? null : options.Scaling));

    /// <summary>One line of JSON, to be copied into a configuration.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, oneLine);

    /// <summary>The model options that a file decides; features and scaling where they are not the default ones.</summary>
    internal sealed record ModelSection(
        string File, int Hidden, int Layers, IReadOnlyList<int> Horizons, int LagSteps, IReadOnlyList<string>? Features,
        Scaling? Scaling);
}
