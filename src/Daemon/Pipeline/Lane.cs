using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>One thread that owns one consumer, one producer and the tasks of its partitions.</summary>
/// <remarks>
/// Gather, take, step in waves, publish; at the commit interval: flush, commit, adopt. Rebalance callbacks run inside
/// Poll, on this thread, so there are no locks. Delivery is at least once: offsets are committed after their forecasts
/// were acknowledged; when anything was lost, all tasks are read again from the committed offsets.
/// </remarks>
internal sealed partial class Lane : IPartitionListener
{
    private const int FlushSteps = 8_192;

    /// <summary>A lane that gets no partition hears nothing from its group: after so long it counts as joined.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(10);

    private readonly ForecasterOptions options;
    private readonly IKafkaPort port;
    private readonly TaskTable tasks;
    private readonly SampleTap? samples;
    private readonly LaneInstruments instruments;
    private readonly TimeProvider clock;
    private readonly ILogger<Lane> logger;
    private readonly RecordDecoder decoder;
    private readonly Forecaster forecaster;
    private readonly ForecastBlock forecasts;
    private readonly ForecastPublisher publisher;
    private readonly DeadLetterPublisher deadLetters;
    private readonly RecordBatch batch;
    private readonly Committer committer;
    private bool hasJoined;

    public Lane(
        ForecasterOptions options, IKafkaPort port, TaskFactory factory, VersionFeed versions, SampleTap? samples,
        LaneInstruments instruments, TimeProvider clock, ILogger<Lane> logger, CancellationToken abandon)
    {
        (this.options, this.port, this.samples) = (options, port, samples);
        (this.instruments, this.clock, this.logger) = (instruments, clock, logger);
        var starts = new PartitionStarts(options, port, instruments.Health, clock, logger);
        tasks = new TaskTable(options, factory, port, starts, logger);
        decoder = new RecordDecoder(options.Input, new RegistryPause(instruments.Health, logger, abandon).Wait);
        forecaster = new Forecaster(factory.Settings, factory.Shape);
        forecasts = new ForecastBlock(options.Model.Horizons.Count, options.Output.Quantiles.Count);
        var outbox = new Outbox(port, instruments.Health, abandon);
        publisher = new ForecastPublisher(options, outbox);
        deadLetters = new DeadLetterPublisher(options, outbox);
        batch = new RecordBatch(options.Pipeline.GatherRecords);
        committer = new Committer(port, tasks, forecaster.Scores, versions, samples, instruments, logger);
    }

    /// <summary>Runs until told to stop, then commits what is done and leaves the group.</summary>
    public void Run(CancellationToken stopping)
    {
        port.Subscribe(options.Input.Topic, this);
        long start = clock.GetTimestamp(), lastCommit = start;
        while (!stopping.IsCancellationRequested)
        {
            port.Poll(batch, options.Pipeline.GatherWait);
            instruments.Turn(port.Trouble, hasJoined || clock.GetElapsedTime(start) > JoinPatience, tasks.All);
            if (committer.Recover())
            {
                continue;
            }

            try
            {
                Process();
            }
            catch (KafkaPortException e) when (!e.Fatal)
            {
                committer.Reopen(e);
                continue;
            }

            if (clock.GetElapsedTime(lastCommit) >= options.Pipeline.CommitInterval)
            {
                committer.Commit();
                instruments.Report(tasks.All, port.LogEnd);
                lastCommit = clock.GetTimestamp();
            }
        }

        port.Close(); // Revoked is called in here: the last commit
    }

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        instruments.Rebalanced("assigned");
        hasJoined = true;
        tasks.Open(partitions, starts);
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("revoked");
        committer.CommitLast();
        Drop(partitions);
    }

    public void Lost(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("lost");
        LogLost(partitions.Length);
        Drop(partitions);
    }

    private void Process()
    {
        ReadOnlySpan<int> partitions = batch.Partitions;
        int counted = 0;
        for (int i = 0; i < partitions.Length; i++)
        {
            PartitionTask task = tasks[partitions[i]];
            InputFormat format = decoder.Format;
            RejectReason reason = task.Take(batch, i, decoder);
            if (decoder.Format != format)
            {
                Count(format, i - counted);
                counted = i;
            }

            if (reason != RejectReason.None && batch.Offsets[i] >= task.NewFrom)
            {
                instruments.Rejected(reason);
                if (batch.Offsets[i] >= task.LiveFrom && task.IsDeadLetter(reason))
                {
                    deadLetters.Publish(batch, i, reason);
                }
            }

            if (task.PendingCount >= FlushSteps)
            {
                Step(task);
            }
        }

        foreach (PartitionTask task in tasks.All)
        {
            Step(task);
            instruments.Took(task);
        }

        for (int i = 0; i < batch.Ends.Count; i++)
        {
            tasks[batch.Ends[i].Partition].ReachEnd(batch.Ends[i].Offset);
        }

        Count(decoder.Format, partitions.Length - counted);
    }

    /// <summary>Counts records of one format; the first of it are news.</summary>
    private void Count(InputFormat format, int records)
    {
        if (records > 0 && instruments.Consumed(format, records))
        {
            LogFormat(options.Input.Topic, OptionNames.Of(format));
        }
    }

    private void Step(PartitionTask task)
    {
        PendingSteps steps = task.Steps;
        if (task.PendingCount == 0)
        {
            return;
        }

        steps.FormWaves();
        forecasts.Reserve(steps.Count);
        for (int w = 0; w < steps.WaveCount; w++)
        {
            ReadOnlySpan<int> wave = steps.Wave(w);
            long start = Stopwatch.GetTimestamp();
            forecaster.Step(task.Version.Weights, task.Series.States, steps.Steps, wave, forecasts);
            instruments.Waved(wave.Length, Stopwatch.GetElapsedTime(start));
        }

        (int published, int withheld) = publisher.Publish(task, batch, forecasts);
        instruments.Published(published, withheld);
        Sample(task);
        task.Settle();
    }

    /// <summary>Offers the windows of the series that moved on; those of records read again were offered in their
    /// time.</summary>
    private void Sample(PartitionTask task)
    {
        if (samples is null)
        {
            return;
        }

        foreach (PendingStep step in task.Steps.Steps)
        {
            if (!step.IsSilence && batch.Offsets[step.Origin] >= task.NewFrom)
            {
                samples.Offer(step.Series);
            }
        }
    }

    private void Drop(ReadOnlySpan<int> partitions)
    {
        foreach (int partition in partitions)
        {
            tasks.Close(partition);
        }
    }

    [LoggerMessage(136, LogLevel.Information, "Records of '{Topic}' are taken as {Format}")]
    private partial void LogFormat(string topic, string format);

    [LoggerMessage(133, LogLevel.Warning, "{Count} partitions were lost to another member; they restore there")]
    private partial void LogLost(int count);
}
