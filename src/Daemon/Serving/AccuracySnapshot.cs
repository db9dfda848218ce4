namespace Streaming.Daemon.Serving;

/// <summary>How recent forecasts did, as the metrics have it.</summary>
/// <param name="ErrorRatios">Error against seasonal naive, by horizon in steps, ascending.</param>
/// <param name="Coverage">Share of values within the outermost quantiles; null before any was compared.</param>
/// <param name="ExpertWeights">Mean weight by family of experts; none before the first forecast.</param>
internal sealed record AccuracySnapshot(
    IReadOnlyDictionary<int, double> ErrorRatios, double? Coverage, IReadOnlyDictionary<string, double> ExpertWeights);
