using Microsoft.Extensions.Logging;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

/// <summary>Keeps what a lane logs.</summary>
internal sealed class ListLogger : ILogger<Lane>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
}
