using Prometheus;

namespace Daemon.Tests.Serving;

/// <summary>What a registry exports, as lines of the text format.</summary>
internal static class Scrape
{
    public static async Task<string[]> LinesAsync(CollectorRegistry registry)
    {
        using var stream = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
