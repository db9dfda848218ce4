using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Benchmarks.Pipeline;
using Streaming.Daemon.Configuration;

namespace Benchmarks.Checkpoint;

/// <summary>What storing state costs of the daemon's throughput, by arms in turn; and how fast it is read back.</summary>
/// <remarks>
/// 10,000 series, JSON in and out, one horizon, training off, brokers of KAFKA_BOOTSTRAP_SERVERS on this machine or
/// elsewhere. The embedded cluster's transactions are hollow and it keeps 5 MiB a partition: on it nothing counts as
/// measured.
/// </remarks>
internal static class CheckpointBenchmark
{
    private const int SeriesCount = 10_000;

    /// <param name="args">--json; --rounds N, default 3; --steps N of each series in the log, default 450; --interval T,
    /// State:CheckpointInterval of the first arm.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = Number(args, "--rounds", 3), steps = Number(args, "--steps", 450);
        TimeSpan interval = Value(args, "--interval") is { } text
            ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
            : new StateOptions().CheckpointInterval;
        using var brokers = Brokers.OfEnvironment();
        Workload.CreateTopics(brokers);
        int records = new Workload(SeriesCount).Fill(brokers.BootstrapServers, steps);
        CheckpointArm[] arms = CheckpointArm.All(interval);
        var measured = arms.ToDictionary(arm => arm.Name, _ => new List<CheckpointRound>());
        for (int round = 0; round < rounds; round++)
        {
            foreach (CheckpointArm arm in arms)
            {
                CheckpointRound done = await CheckpointRound.RunAsync(
                    brokers, arm, interval * 1.2, interval, records - SeriesCount);
                measured[arm.Name].Add(done);
                await Console.Error.WriteLineAsync(
                    $"round {round}, {arm.Name}: {done.RecordsPerSecond:N0}/s, state {done.StateBytesPerSecond / 1e6:F1} MB/s");
            }
        }

        Print(args.Contains("--json"), brokers, [.. arms.Select(arm => measured[arm.Name])], await RestoreAsync(brokers, interval));
        return 0;
    }

    /// <summary>The state of a daemon that was stopped after an interval, read back.</summary>
    private static async Task<(double MbPerSecond, double Megabytes, int Series)> RestoreAsync(
        Brokers brokers, TimeSpan interval)
    {
        ForecasterOptions options;
        await using (DaemonUnderTest daemon = await DaemonUnderTest.StartAsync(brokers, TrainingMode.Off, cloudEvents: true))
        {
            options = daemon.Options;
            await Task.Delay(interval * 1.5);
        }

        using var topic = new StateTopicUnderTest(options);
        topic.Restore(); // warms up code and caches
        (long bytes, int series, TimeSpan time) = topic.Restore();
        return (bytes / 1e6 / time.TotalSeconds, bytes / 1e6, series);
    }

    private static void Print(
        bool isJson, Brokers brokers, List<CheckpointRound>[] arms,
        (double MbPerSecond, double Megabytes, int Series) restore)
    {
        double[] rates = [.. arms.Select(arm => PipelineBenchmark.Median(arm.Select(round => round.RecordsPerSecond)))];
        double CostOver(int arm) => Math.Round(
            1 - PipelineBenchmark.Median(arms[0].Zip(arms[arm], (with, without) => with.RecordsPerSecond / without.RecordsPerSecond)), 3);
        var result = new
        {
            isMeasured = !brokers.IsEmbedded,
            broker = brokers.IsEmbedded ? "embedded" : brokers.BootstrapServers,
            exactlyOncePerSecond = Math.Round(rates[0]),
            exactlyOnceNothingStoredPerSecond = Math.Round(rates[1]),
            atLeastOnceNothingStoredPerSecond = Math.Round(rates[2]),
            checkpointCost = CostOver(1),
            exactlyOnceCost = CostOver(2),
            stateMbPerSecond = Math.Round(PipelineBenchmark.Median(arms[0].Select(round => round.StateBytesPerSecond)) / 1e6, 1),
            restoreMbPerSecond = Math.Round(restore.MbPerSecond, 1),
            restoredMb = Math.Round(restore.Megabytes),
            restoredSeries = restore.Series,
        };
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(result)
            : $"""
               brokers          {result.broker}{(result.isMeasured ? "" : ": not measured, its transactions are hollow")}
               exactly-once     {result.exactlyOncePerSecond:N0} records/s, {result.stateMbPerSecond} MB/s of state (medians of interleaved rounds)
               nothing stored   {result.exactlyOnceNothingStoredPerSecond:N0} records/s: checkpoints cost {result.checkpointCost:P1}
               at-least-once    {result.atLeastOnceNothingStoredPerSecond:N0} records/s, nothing stored: all together costs {result.exactlyOnceCost:P1}
               restore          {result.restoreMbPerSecond} MB/s of state ({result.restoredMb:N0} MB, {result.restoredSeries:N0} series)
               machine          {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}
               """);
    }

    private static string? Value(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static int Number(string[] args, string name, int otherwise) =>
        Value(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
