using System.Reflection;
using Microsoft.Extensions.Logging;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests;

public sealed class LogEventTests
{
    /// <summary>What an operator filters by must mean one thing.</summary>
    [Fact]
    public void EventIds_OfTheDaemon_MeanOneThingEach()
    {
        const BindingFlags any =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
        LoggerMessageAttribute[] events =
        [
            .. typeof(Lane).Assembly.GetTypes().SelectMany(type => type.GetMethods(any))
                .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>(),
        ];

        Assert.NotEmpty(events);
        Assert.Empty(events.GroupBy(e => e.EventId).Where(one => one.Select(e => e.Message).Distinct().Count() > 1)
            .Select(one => $"{one.Key}: {string.Join(" | ", one.Select(e => e.Message))}"));
    }
}
