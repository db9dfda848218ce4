using System.Globalization;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>How much memory the series of a configuration may take; docs/memory.md has the formula.</summary>
internal static class StateBound
{
    /// <summary>Length of a series id that is reckoned with, in bytes.</summary>
    public const int IdBytes = 64;

    /// <summary>Bytes of a series once its window is full: of the largest kind there is.</summary>
    /// <param name="options">Options that passed validation.</param>
    public static long BytesPerSeries(ForecasterOptions options)
    {
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        ModelShape shape = settings.ShapeOf(options.Model.Hidden, options.Model.Layers);
        return SeriesIdentity.BytesOf(IdBytes)
            + new RuleBook(options).Kinds.Max(kind => SeriesMemory.BytesOf(kind.Profile, settings, shape));
    }

    /// <summary>One partition that is full must fit: how many a process holds, is known only when it holds
    /// them.</summary>
    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        long bound = options.Pipeline.MaxStateBytes, series = options.Pipeline.MaxSeriesPerPartition;
        if (bound <= 0 || ConfigurationValidator.Section(options, "").Any() || RuleChecks.Check(options).Any())
        {
            return [];
        }

        long each = BytesPerSeries(options);
        return series * each <= bound
            ? []
            :
            [
                new("Pipeline:MaxStateBytes", string.Create(
                    CultureInfo.InvariantCulture,
                    $"one partition's {series} series (Pipeline:MaxSeriesPerPartition) of up to {each} bytes take "
                    + $"{series * each}, but it is {bound}: lower the one to {bound / each}, or raise the other")),
            ];
    }
}
