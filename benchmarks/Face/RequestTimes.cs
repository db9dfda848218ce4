using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Benchmarks.Face;

/// <summary>How long requests took, by what was asked. Thread-safe.</summary>
internal sealed class RequestTimes
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> times = new();

    /// <summary>Refusals by their status; a series that has not come yet (404) is answered.</summary>
    public ConcurrentDictionary<int, int> Failures { get; } = new();

    /// <summary>Times in ms, ascending, by what was asked.</summary>
    public SortedDictionary<string, double[]> All =>
        new(times.ToDictionary(one => one.Key, one => one.Value.Order().ToArray()), StringComparer.Ordinal);

    /// <summary>Asks, and takes the time to the answer's last byte.</summary>
    public async Task AskAsync(HttpClient http, string name, string path, CancellationToken ending)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await http.GetAsync(path, ending);
        await response.Content.ReadAsByteArrayAsync(ending);
        Add(name, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.NotFound)
        {
            Failures.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Takes over those of another round.</summary>
    public void Add(RequestTimes other)
    {
        foreach ((string name, ConcurrentBag<double> of) in other.times)
        {
            foreach (double time in of)
            {
                Add(name, time);
            }
        }

        foreach ((int status, int count) in other.Failures)
        {
            Failures.AddOrUpdate(status, count, (_, before) => before + count);
        }
    }

    private void Add(string name, double ms) => times.GetOrAdd(name, _ => []).Add(ms);
}
