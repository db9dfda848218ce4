using System.Text.Json;
using Streaming.Daemon.Configuration;

namespace Benchmarks.Pipeline;

/// <summary>What fine-tuning at its default budget takes from the lanes: rounds without and with it, in turn.</summary>
/// <remarks>Training runs all the time here, two seconds apart, not once a minute as by default.</remarks>
internal static class TrainingCost
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(bool isJson)
    {
        var workload = new Workload(PipelineBenchmark.SeriesCount);
        double[][] rates = [[], []], p99s = [[], []];
        using Brokers brokers = PipelineBenchmark.StartCluster();
        int records = workload.Fill(brokers.BootstrapServers, PipelineBenchmark.Steps);
        for (int round = 0; round <= Rounds; round++)
        {
            foreach (TrainingMode mode in new[] { TrainingMode.Off, TrainingMode.On })
            {
                double rate = await PipelineBenchmark.DaemonAsync(brokers, records, mode, cloudEvents: true);
                double[] latencies = await PipelineBenchmark.LatencyAsync(workload, mode, cloudEvents: true);
                double p99 = latencies[(int)(latencies.Length * 0.99)];
                await Console.Error.WriteLineAsync($"round {round}, training {mode}: {rate:N0}/s, p99 {p99:F1} ms");
                int on = mode == TrainingMode.On ? 1 : 0;
                rates[on] = round > 0 ? [.. rates[on], rate] : []; // round 0 warms up
                p99s[on] = round > 0 ? [.. p99s[on], p99] : [];
            }
        }

        Print(isJson, rates, p99s);
        return 0;
    }

    private static void Print(bool isJson, double[][] rates, double[][] p99s)
    {
        double[] rateRatios = [.. rates[1].Zip(rates[0], (on, off) => on / off)];
        double[] p99Ratios = [.. p99s[1].Zip(p99s[0], (on, off) => on / off)];
        var result = new
        {
            recordsPerSecondOff = Math.Round(PipelineBenchmark.Median(rates[0])),
            recordsPerSecondOn = Math.Round(PipelineBenchmark.Median(rates[1])),
            throughputRatio = Math.Round(PipelineBenchmark.Median(rateRatios), 3),
            p99OffMs = Math.Round(PipelineBenchmark.Median(p99s[0]), 2),
            p99OnMs = Math.Round(PipelineBenchmark.Median(p99s[1]), 2),
            p99Ratio = Math.Round(PipelineBenchmark.Median(p99Ratios), 3),
        };
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(result)
            : $"""
               training off  {result.recordsPerSecondOff:N0} records/s, p99 {result.p99OffMs} ms (medians of {Rounds} rounds)
               training on   {result.recordsPerSecondOn:N0} records/s, p99 {result.p99OnMs} ms
               ratios        throughput {result.throughputRatio}, p99 {result.p99Ratio}
               """);
    }
}
