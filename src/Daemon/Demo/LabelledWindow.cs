namespace Streaming.Daemon.Demo;

/// <summary>Span of event time in which people have labelled an anomaly; both ends belong to it.</summary>
internal readonly record struct LabelledWindow(DateTime From, DateTime To);
