namespace Streaming.Daemon.Serving.Api;

/// <summary>What is asked for is there, or soon will be, but not just now: it is worth asking again.</summary>
internal sealed class LaneBusyException(string message) : Exception(message);
