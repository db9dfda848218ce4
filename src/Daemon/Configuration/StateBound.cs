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
            + new RuleBook(options).Kinds.Max(kind => SeriesMemory.BytesOf(kind.Profile, settings, shape, kind.MemberCount));
    }

    /// <summary>What a partition takes: Pipeline:MaxSeriesPerPartition, or fewer where its share of
    /// Pipeline:MaxStateBytes is too small for as many of the largest kind.</summary>
    /// <param name="options">Options that passed validation.</param>
    public static SeriesRoom RoomOf(ForecasterOptions options)
    {
        PipelineOptions pipeline = options.Pipeline;
        long each = BytesPerSeries(options), share = ShareOf(pipeline);
        return pipeline.MaxStateBytes > 0 && share / each < pipeline.MaxSeriesPerPartition
            ? Room((int)(share / each), $"Pipeline:MaxStateBytes ({share} of them for a partition, {each} a series)")
            : Room(pipeline.MaxSeriesPerPartition, $"Pipeline:MaxSeriesPerPartition");

        SeriesRoom Room(int series, FormattableString limit) => new(series, series * each, FormattableString.Invariant(limit));
    }

    /// <summary>One series, at least, must fit.</summary>
    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        if (options.Pipeline.MaxStateBytes <= 0
            || ConfigurationValidator.Section(options, "").Any() || RuleChecks.Check(options).Any()
            || GroupChecks.Check(options).Any())
        {
            return [];
        }

        long each = BytesPerSeries(options), share = ShareOf(options.Pipeline);
        return share >= each
            ? []
            :
            [
                new("Pipeline:MaxStateBytes", FormattableString.Invariant(
                    $"leaves each of Pipeline:MaxPartitions ({options.Pipeline.MaxPartitions}) {share}, a series takes {each}")),
            ];
    }

    private static long ShareOf(PipelineOptions options) => options.MaxStateBytes / options.MaxPartitions;
}
