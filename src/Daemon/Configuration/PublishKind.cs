namespace Streaming.Daemon.Configuration;

/// <summary>Which forecasts of a series are published.</summary>
internal enum PublishKind
{
    /// <summary>All that PublishEverySteps leaves.</summary>
    All,

    /// <summary>Those whose value is an anomaly.</summary>
    Anomalies,
}
