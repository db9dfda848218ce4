using System.Text.Json;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Models;

/// <summary>The configuration that serves a model, in the form of a configuration file.</summary>
internal sealed record ServingReport(ServingReport.ModelSection Model)
{
    private static readonly JsonSerializerOptions oneLine = new(CheckReport.Json) { WriteIndented = false };

    public static ServingReport Of(ModelOptions options) =>
        new(new ModelSection(options.File!, options.Hidden, options.Layers, options.Horizons, options.LagSteps));

    /// <summary>One line of JSON, to be copied into a configuration.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, oneLine);

    /// <summary>The model options that a file decides.</summary>
    internal sealed record ModelSection(
        string File, int Hidden, int Layers, IReadOnlyList<int> Horizons, int LagSteps);
}
