using System.Text.Json;
using Benchmarks.Pipeline;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Experts;

namespace Benchmarks.Face;

/// <summary>What those who look cost the lanes, and how long they wait: 100,000 series, lanes at full load.</summary>
/// <remarks>
/// Rounds without and with <see cref="Viewers"/> in turn, each by a daemon of its own over the same log. Daemon, embedded
/// cluster and viewers share this process and its cores, so what a round with viewers loses is theirs, too.
/// </remarks>
internal static class FaceBenchmark
{
    private const int SeriesCount = 100_000;
    private const int Steps = 25;
    private const int Rounds = 5;

    /// <param name="args">--json; --quick: one round of each.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Contains("--quick") ? 1 : Rounds;
        var result = new FaceResult(FeedCost.Measure());
        var workload = new Workload(SeriesCount);
        using Brokers brokers = PipelineBenchmark.StartCluster();
        int records = workload.Fill(brokers.BootstrapServers, Steps);
        for (int round = 0; round <= rounds; round++)
        {
            double alone = await RoundAsync(brokers, records, null);
            var times = new RequestTimes();
            double watched = await RoundAsync(brokers, records, times);
            await Console.Error.WriteLineAsync(
                $"round {round}: alone {alone:N0}/s, watched {watched:N0}/s, ratio {watched / alone:F3}");
            if (round > 0)
            {
                result.Add(alone, watched, times); // round 0 warms up both
            }
        }

        Console.WriteLine(args.Contains("--json") ? JsonSerializer.Serialize(result.Figures()) : result.ToString());
        return 0;
    }

    /// <returns>Records per second.</returns>
    private static async Task<double> RoundAsync(Brokers brokers, int records, RequestTimes? times)
    {
        await using DaemonUnderTest daemon = await DaemonUnderTest.StartAsync(
            brokers, TrainingMode.Off, cloudEvents: false, profile: ExpertProfile.Scale);
        await daemon.ReadyAsync();
        await using Viewers? viewers = times is null ? null : Viewers.Start(daemon.Address, times);
        double rate = await daemon.MeasureAsync(records, records - SeriesCount); // the last step of each stays open
        if (viewers is not null)
        {
            await viewers.StopAsync();
            await Viewers.ScrapeAsync(daemon.Address, times!);
        }

        return rate;
    }
}
