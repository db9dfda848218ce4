using System.Runtime.InteropServices;
using System.Text.Json;
using Streaming.Daemon.Configuration;

namespace Benchmarks.Pipeline;

/// <summary>Throughput of the daemon beside a plain loop over the same topics, interleaved, and its latency.</summary>
/// <remarks>
/// 10,000 series, JSON in and out, the embedded cluster, H = 32, one horizon, training on. The embedded cluster and
/// the daemon share this process and its cores, and so do the plain loop and the cluster.
/// </remarks>
internal static class PipelineBenchmark
{
    public const int SeriesCount = 10_000;
    public const int Steps = 250; // forecasts count once committed, so a round lasts many commit intervals
    private const int WarmSteps = 10;
    private const int Rounds = 3;
    private const int LatencyRate = 20_000;
    private const int LatencySteps = 10;

    /// <param name="args">--json; --no-headers: forecasts without CloudEvents headers; --quick: one round;
    /// --training-cost: with and without training instead.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--training-cost"))
        {
            return await TrainingCost.RunAsync(args.Contains("--json"));
        }

        bool cloudEvents = !args.Contains("--no-headers");
        var workload = new Workload(SeriesCount);
        (List<double> plain, List<double> daemon) = await RatesAsync(
            workload, args.Contains("--quick") ? 1 : Rounds, cloudEvents);
        double[] latencies = await LatencyAsync(workload, TrainingMode.On, cloudEvents);
        Print(args.Contains("--json"), plain, daemon, latencies);
        return 0;
    }

    private static async Task<(List<double> Plain, List<double> Daemon)> RatesAsync(
        Workload workload, int rounds, bool cloudEvents)
    {
        using Brokers brokers = StartCluster();
        int records = workload.Fill(brokers.BootstrapServers, Steps);
        List<double> plain = [], daemon = [];
        for (int round = 0; round <= rounds; round++)
        {
            double plainRate = PassThrough.Run(brokers.BootstrapServers, records);
            double daemonRate = await DaemonAsync(brokers, records, TrainingMode.On, cloudEvents);
            if (round > 0)
            {
                plain.Add(plainRate); // round 0 warms up both
                daemon.Add(daemonRate);
            }

            await Console.Error.WriteLineAsync(
                $"round {round}: plain {plainRate:N0}/s, daemon {daemonRate:N0}/s, ratio {daemonRate / plainRate:F2}");
        }

        return (plain, daemon);
    }

    public static Brokers StartCluster()
    {
        var brokers = Brokers.Embedded();
        Workload.CreateTopics(brokers);
        return brokers;
    }

    public static async Task<double> DaemonAsync(
        Brokers brokers, int records, TrainingMode training, bool cloudEvents)
    {
        await using DaemonUnderTest daemon = await DaemonUnderTest.StartAsync(brokers, training, cloudEvents);
        return await daemon.MeasureAsync(records, records - SeriesCount); // the last step of each series stays open
    }

    /// <remarks>On a cluster of its own: the embedded broker searches a partition's batches one by one, so a log that
    /// the throughput rounds have filled would be what is measured.</remarks>
    public static async Task<double[]> LatencyAsync(Workload workload, TrainingMode training, bool cloudEvents)
    {
        using Brokers brokers = StartCluster();
        await using DaemonUnderTest daemon = await DaemonUnderTest.StartAsync(brokers, training, cloudEvents);
        await daemon.ReadyAsync();
        Latency.Run(brokers.BootstrapServers, workload, firstStep: 0, WarmSteps, LatencyRate);
        return Latency.Run(brokers.BootstrapServers, workload, WarmSteps, LatencySteps, LatencyRate);
    }

    private static void Print(bool json, List<double> plain, List<double> daemon, double[] latencies)
    {
        var result = new
        {
            recordsPerSecond = Math.Round(Median(daemon)),
            passThroughPerSecond = Math.Round(Median(plain)),
            ratio = Math.Round(Median(daemon.Zip(plain, (d, p) => d / p)), 3),
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
               machine       {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}
               """);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
