using System.Runtime.InteropServices;
using System.Text.Json;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Benchmarks.Pipeline;

/// <summary>Throughput of the daemon beside a plain loop over the same topics, interleaved, and its latency.</summary>
/// <remarks>
/// 10,000 series, JSON in and out, the embedded cluster, H = 32, one horizon, training on. The embedded cluster and
/// the daemon share this process and its cores, and so do the plain loop and the cluster.
/// </remarks>
internal static class PipelineBenchmark
{
    private const int SeriesCount = 10_000;
    private const int Steps = 100;
    private const int WarmSteps = 10;
    private const int Rounds = 5;
    private const int LatencyRate = 20_000;
    private const int LatencySteps = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        var workload = new Workload(SeriesCount);
        using EmbeddedCluster cluster = StartCluster();
        int records = workload.Fill(cluster.BootstrapServers, Steps);
        var plain = new List<double>();
        var daemon = new List<double>();
        int rounds = args.Contains("--quick") ? 1 : Rounds;
        for (int round = 0; round <= rounds; round++)
        {
            double plainRate = PassThrough.Run(cluster.BootstrapServers, records);
            double daemonRate = await DaemonAsync(cluster.BootstrapServers, records);
            if (round > 0)
            {
                plain.Add(plainRate); // round 0 warms up both
                daemon.Add(daemonRate);
            }

            await Console.Error.WriteLineAsync(
                $"round {round}: plain {plainRate:N0}/s, daemon {daemonRate:N0}/s, ratio {daemonRate / plainRate:F2}");
        }

        double[] latencies = await LatencyAsync(workload);
        Print(args.Contains("--json"), Median(plain), Median(daemon), Median([.. daemon.Zip(plain, (d, p) => d / p)]), latencies);
        return 0;
    }

    private static EmbeddedCluster StartCluster()
    {
        EmbeddedCluster cluster = new EmbeddedCluster();
        cluster.CreateTopic(Workload.Input, Workload.Partitions);
        cluster.CreateTopic(Workload.Output, Workload.Partitions);
        return cluster;
    }

    private static async Task<double> DaemonAsync(string bootstrapServers, int records)
    {
        await using DaemonUnderTest daemon = await DaemonUnderTest.StartAsync(bootstrapServers, TrainingMode.On);
        return await daemon.MeasureAsync(records, records - SeriesCount); // the last step of each series stays open
    }

    /// <remarks>On a cluster of its own: the embedded broker searches a partition's batches one by one, so a log that
    /// the throughput rounds have filled would be what is measured.</remarks>
    private static async Task<double[]> LatencyAsync(Workload workload)
    {
        using EmbeddedCluster cluster = StartCluster();
        await using DaemonUnderTest daemon = await DaemonUnderTest.StartAsync(cluster.BootstrapServers, TrainingMode.On);
        await daemon.ReadyAsync();
        Latency.Run(cluster.BootstrapServers, workload, firstStep: 0, WarmSteps, LatencyRate);
        return Latency.Run(cluster.BootstrapServers, workload, WarmSteps, LatencySteps, LatencyRate);
    }

    private static void Print(bool json, double plain, double daemon, double ratio, double[] latencies)
    {
        var result = new
        {
            recordsPerSecond = Math.Round(daemon),
            passThroughPerSecond = Math.Round(plain),
            ratio = Math.Round(ratio, 3),
            p50Ms = Math.Round(latencies[latencies.Length / 2], 2),
            p99Ms = Math.Round(latencies[(int)(latencies.Length * 0.99)], 2),
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"""
               daemon        {result.recordsPerSecond:N0} records/s (medians of interleaved rounds)
               plain loop    {result.passThroughPerSecond:N0} records/s
               ratio         {result.ratio}
               latency       p50 {result.p50Ms} ms, p99 {result.p99Ms} ms at {LatencyRate:N0} records/s
               machine       {Environment.ProcessorCount} cores, .NET {RuntimeInformation.FrameworkDescription}
               """);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
