namespace Streaming.Daemon.Demo;

/// <summary>A row of a stream at its place in the replay.</summary>
/// <param name="Tick">When it is due, in steps of the longest stream from the replay's start.</param>
/// <param name="Series">Series id, also the record's key.</param>
/// <param name="Row">What is sent.</param>
/// <param name="ClosedStep">Number of the series' step that this record closes, null where it closes none.</param>
internal readonly record struct ReplayRecord(int Tick, string Series, DemoRow Row, long? ClosedStep);
