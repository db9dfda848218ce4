namespace Streaming.Daemon.Demo;

/// <summary>The demo can't go on; the message is for the person who started it.</summary>
internal sealed class DemoException(string message, Exception? inner = null) : Exception(message, inner);
