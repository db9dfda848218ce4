using System.Diagnostics;
using Benchmarks.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Benchmarks.Checkpoint;

/// <summary>The state topic of a daemon, read as a lane does that restores all of it.</summary>
internal sealed class StateTopicUnderTest : IDisposable
{
    private readonly ForecasterOptions options;
    private readonly KafkaPort port;

    public StateTopicUnderTest(ForecasterOptions options)
    {
        this.options = options;
        port = new(options.Kafka, new(options.Application, "bench"), NullLogger.Instance, TimeProvider.System);
    }

    /// <summary>Bytes of its committed records.</summary>
    public long Bytes()
    {
        long bytes = 0;
        using ILogReader reader = port.Read(options.StateTopic);
        var scan = new TopicScan(
            reader, partition => port.Watermarks(options.StateTopic, partition, TimeSpan.FromSeconds(30)),
            TimeSpan.FromSeconds(60));
        for (int partition = 0; partition < Workload.Partitions; partition++)
        {
            scan.Read(partition, (_, _, key, value) => bytes += key.Length + value.Length, CancellationToken.None);
        }

        return bytes;
    }

    /// <summary>Reads all partitions into tables of series, side by side.</summary>
    /// <returns>Bytes of state, series, and the time from the first request on.</returns>
    public (long Bytes, int Series, TimeSpan Time) Restore()
    {
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        ModelShape shape = FirstModel.Of(options.Model, settings).Parameters.Shape;
        var rules = new RuleBook(options);
        ulong structure = Eras.Of(options, settings, shape).Structure;
        SeriesTable[] tables =
        [
            .. Enumerable.Range(0, Workload.Partitions)
                .Select(_ => new SeriesTable(rules, settings, shape, options.Pipeline.MaxSeriesPerPartition)),
        ];
        StateLoader[] loaders = [.. tables.Select((table, partition) => new StateLoader(partition, table, structure))];
        long begun = Stopwatch.GetTimestamp();
        using var reader = new StateTopicReader(port, options.StateTopic);
        long[] ends = [.. loaders.Select((loader, partition) => reader.Open(partition, loader))];
        while (Enumerable.Range(0, ends.Length).Any(partition => !reader.HasRead(partition, ends[partition])))
        {
            reader.Turn(TimeSpan.FromMilliseconds(50));
        }

        Array.ForEach(loaders, loader => loader.Finish());
        return (loaders.Sum(loader => loader.Bytes), tables.Sum(table => table.Count), Stopwatch.GetElapsedTime(begun));
    }

    public void Dispose() => port.Dispose();
}
