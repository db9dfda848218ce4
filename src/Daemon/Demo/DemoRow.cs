namespace Streaming.Daemon.Demo;

/// <summary>One line of a bundled stream.</summary>
/// <param name="Time">Event time, UTC.</param>
/// <param name="Value">Finite value, in the stream's own unit.</param>
internal readonly record struct DemoRow(DateTime Time, double Value);
