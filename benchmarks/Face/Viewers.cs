using System.Globalization;
using Benchmarks.Pipeline;

namespace Benchmarks.Face;

/// <summary>Five people at the dashboard, more restless than its pages, and a Prometheus.</summary>
internal sealed class Viewers : IAsyncDisposable
{
    private const int People = 5;
    private const int Scrapes = 50;

    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private readonly HttpClient http;
    private readonly RequestTimes times;
    private readonly List<Task> all = [];

    private Viewers(Uri address, RequestTimes times) =>
        (http, this.times) = (new HttpClient { BaseAddress = address }, times);

    public static Viewers Start(Uri address, RequestTimes times)
    {
        var viewers = new Viewers(address, times);
        viewers.all.AddRange(Enumerable.Range(0, People).Select(viewers.LookAsync));
        viewers.all.AddRange(Enumerable.Range(0, People).Select(viewers.ListenAsync));
        viewers.all.Add(viewers.ScrapeAsync());
        return viewers;
    }

    /// <summary>Scrapes a daemon that has nothing else to do, for the time that it takes by itself.</summary>
    public static async Task ScrapeAsync(Uri address, RequestTimes times)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (int i = 0; i < Scrapes; i++)
        {
            await times.AskAsync(http, "metrics, lanes idle", "/metrics", default);
        }
    }

    /// <summary>Ends them; throws where one of them could not look.</summary>
    public async Task StopAsync()
    {
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(all);
        }
        catch (OperationCanceledException)
        {
            // They were told to.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        http.Dispose();
        ending.Dispose();
    }

    private async Task LookAsync(int person)
    {
        var random = new Random(person);
        for (int look = 0; ; look++)
        {
            RequestTimes noted = look > 0 ? times : new RequestTimes(); // the first one finds nothing made, and no code compiled
            string id = Workload.Id(random.Next(100_000));
            foreach ((string name, string path) in new[]
            {
                ("status", "status"), ("tasks", "tasks"), ("series, worst first", "series?sort=worst&size=50"),
                ("series, search", $"series?search={random.Next(1_000).ToString("000", CultureInfo.InvariantCulture)}&sort=id"),
                ("one series", $"series/{id}"), ("one forecast", $"series/{id}/forecast"),
            })
            {
                await noted.AskAsync(http, name, $"/api/v1/{path}", ending.Token);
                await Task.Delay(BetweenRequests, ending.Token);
            }
        }
    }

    private async Task ListenAsync(int person)
    {
        string path = $"/api/v1/events?series={Workload.Id(person)}";
        using HttpResponseMessage response = await http.GetAsync(
            path, HttpCompletionOption.ResponseHeadersRead, ending.Token);
        await (await response.Content.ReadAsStreamAsync(ending.Token)).CopyToAsync(Stream.Null, ending.Token);
    }

    private async Task ScrapeAsync()
    {
        while (true)
        {
            await times.AskAsync(http, "metrics", "/metrics", ending.Token);
            await Task.Delay(BetweenScrapes, ending.Token);
        }
    }
}
