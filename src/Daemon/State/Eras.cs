using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Inference;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>The era of a configuration.</summary>
internal static class Eras
{
    /// <summary>Sections of which every setting reaches forecasts.</summary>
    private static readonly string[] Sections = ["Series", "Rules", "Groups", "Model", "Input"];

    /// <summary>Settings elsewhere that do.</summary>
    private static readonly string[] Others =
    [
        "Output:Quantiles", "Pipeline:MaxSeriesPerPartition", "Pipeline:MaxStateBytes", "Pipeline:MaxPartitions",
        "Pipeline:AnomalyThreshold", "Training:AdoptionSpread", "Training:BurnInSteps",
    ];

    /// <summary>Settings of those sections that don't.</summary>
    private static readonly string[] Free =
    [
        "Input:Start", "Input:Skip", "Input:Schema:RegistryUrl", "Input:Schema:RegistryUser",
        "Input:Schema:RegistryPassword", "Model:File", "Model:Seed", "Model:Pretrained",
    ];

    /// <summary>The era of a configuration.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="settings">What all series share.</param>
    /// <param name="shape">Shape of the network.</param>
    public static Era Of(ForecasterOptions options, ForecasterSettings settings, ModelShape shape) =>
        new(Hash(StructureOf(settings, shape)), Hash(ConfigurationOf(options)), Numerics.Revision);

    /// <summary>What gives the state its form.</summary>
    private static string StructureOf(ForecasterSettings settings, ModelShape shape) => string.Create(
        CultureInfo.InvariantCulture,
        $"{shape.Inputs} {shape.Hidden} {shape.Layers} {shape.SkipInputs} {shape.Outputs}; {settings.LagSteps} "
        + $"{settings.Scaling}; {string.Join(' ', settings.Horizons)}; "
        + $"{string.Join(' ', settings.QuantileLevels)}; {string.Join(' ', settings.Features.Names)}; "
        + $"{string.Join(' ', settings.Covariates)}");

    private static string ConfigurationOf(ForecasterOptions options) => string.Join(
        '\n', EffectiveSetting.All(options).Where(IsKept).OrderBy(s => s.Key, StringComparer.Ordinal)
            .Select(setting => $"{setting.Key}={setting.Value}"));

    private static bool IsKept(EffectiveSetting setting) =>
        !Free.Contains(setting.Key, StringComparer.Ordinal)
        && (Others.Contains(setting.Key, StringComparer.Ordinal)
            || Sections.Any(section => setting.Key.StartsWith($"{section}:", StringComparison.Ordinal)));

    private static ulong Hash(string text) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));
}
