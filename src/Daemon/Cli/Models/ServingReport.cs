using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Models;

/// <summary>The configuration that serves a model, in the form of a configuration file.</summary>
internal sealed record ServingReport(ServingReport.ModelSection Model)
{
    public static ServingReport Of(ModelOptions options) =>
        new(new ModelSection(options.File!, options.Hidden, options.Layers, options.Horizons, options.LagSteps));

    /// <summary>The model options that a file decides.</summary>
    internal sealed record ModelSection(
        string File, int Hidden, int Layers, IReadOnlyList<int> Horizons, int LagSteps);
}
