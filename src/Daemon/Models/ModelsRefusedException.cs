namespace Streaming.Daemon.Models;

/// <summary>The models topic can't be used by this program as configured; the message says what to do.</summary>
internal sealed class ModelsRefusedException(string message) : Exception(message);
