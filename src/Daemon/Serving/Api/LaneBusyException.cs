namespace Streaming.Daemon.Serving.Api;

/// <summary>A lane takes no more questions, or has not answered in time.</summary>
internal sealed class LaneBusyException(string message) : Exception(message);
