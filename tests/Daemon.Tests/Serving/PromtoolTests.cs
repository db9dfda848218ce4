using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Serving;

public sealed class PromtoolTests
{
    private const string Promtool = "promtool";

    [FactNeeding(Promtool)]
    public async Task CheckMetrics_WhatIsServed_IsClean()
    {
        var metrics = new ForecasterMetrics(new FakeTimeProvider());
        MetricFeed.FeedAll(metrics);

        string[] lines = await Scrape.LinesAsync(metrics.Registry);

        // promtool ends with 3 at the first thing it would do otherwise, and the assertion shows what that is.
        await ClientProgram.RunAsync(Promtool, ["check", "metrics"], string.Join('\n', lines) + "\n");
    }
}
