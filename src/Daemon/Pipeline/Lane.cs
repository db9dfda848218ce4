using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>One thread that forecasts: owns one consumer, one producer and the tasks of its partitions.</summary>
/// <remarks>
/// Gather, take, step in waves, publish; at the commit interval: flush, commit, adopt. See <see cref="LaneLoop{TTask}"/>
/// for rebalances and losses.
/// </remarks>
internal sealed partial class Lane
{
    private const int FlushSteps = 8_192;

    private readonly LaneInput input;
    private readonly IKafkaPort port;
    private readonly TaskTable tasks;
    private readonly SampleTap? samples;
    private readonly LaneInstruments instruments;
    private readonly ILogger<Lane> logger;
    private readonly RecordDecoder decoder;
    private readonly OriginReader origins;
    private readonly Forecaster forecaster;
    private readonly ForecastBlock forecasts;
    private readonly ForecastPublisher publisher;
    private readonly DeadLetterPublisher deadLetters;
    private readonly RecordBatch batch;
    private readonly LaneLoop<PartitionTask> loop;
    private bool expectsKeys;

    public Lane(
        ForecasterOptions options, IKafkaPort port, TaskFactory factory, VersionFeed versions, SampleTap? samples,
        LaneInstruments instruments, TimeProvider clock, ILogger<Lane> logger, CancellationToken abandon)
    {
        (this.port, this.samples, this.instruments, this.logger) = (port, samples, instruments, logger);
        input = LaneInput.OfForecasts(options);
        expectsKeys = !input.IsRepartitioned && options.Input.Repartition == RepartitionMode.Auto;
        var starts = new PartitionStarts(input, port, instruments.Health, clock, logger);
        tasks = new TaskTable(options, factory, port, starts, logger);
        decoder = input.IsRepartitioned
            ? RecordDecoder.Of(new RepartitionDecoder())
            : new RecordDecoder(options.Input, new RegistryPause(instruments.Health, logger, abandon).Wait);
        origins = new OriginReader(input);
        forecaster = new Forecaster(factory.Settings, factory.Shape);
        forecasts = new ForecastBlock(options.Model.Horizons.Count, options.Output.Quantiles.Count);
        var outbox = new Outbox(port, instruments.Health, abandon);
        publisher = new ForecastPublisher(options, outbox, origins);
        deadLetters = new DeadLetterPublisher(options, input.Topic, outbox);
        batch = new RecordBatch(options.Pipeline.GatherRecords);
        var adoption = new VersionAdoption(tasks, forecaster.Scores, versions, samples, instruments, logger);
        var committer = new Committer<PartitionTask>(port, tasks, instruments, adoption.Committed, logger);
        loop = new(input, options.Pipeline, port, batch, tasks, committer, instruments, clock, logger);
    }

    /// <summary>Runs until told to stop, then commits what is done and leaves the group.</summary>
    public void Run(CancellationToken stopping) =>
        loop.Run(Process, () => instruments.Report(tasks.All, port.LogEnd), stopping);

    private void Process()
    {
        ReadOnlySpan<int> partitions = batch.Partitions;
        int counted = 0;
        for (int i = 0; i < partitions.Length; i++)
        {
            PartitionTask task = tasks[partitions[i]];
            NoteKey(i);
            InputFormat format = decoder.Format;
            RecordOrigin origin = origins.Of(batch, i);
            RejectReason reason = task.Take(batch, i, origin.TimestampMs, decoder);
            if (decoder.Format != format)
            {
                Count(format, i - counted);
                counted = i;
            }

            if (reason != RejectReason.None && batch.Offsets[i] >= task.NewFrom)
            {
                instruments.Rejected(reason);
                if (batch.Offsets[i] >= task.LiveFrom && !origin.IsSilent && task.IsDeadLetter(reason))
                {
                    Refuse(i, origin, reason);
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

    /// <summary>Counts records of one format; the first of it are news. What was repartitioned is counted already.
    /// </summary>
    private void Count(InputFormat format, int records)
    {
        if (records > 0 && !input.IsRepartitioned && instruments.Consumed(format, records))
        {
            LogFormat(input.Topic, OptionNames.Of(format));
        }
    }

    /// <summary>Says, once, that records come without key: a producer that has none spreads them over the partitions. A
    /// topic of one partition, which is numbered 0, has nothing to spread over.</summary>
    private void NoteKey(int record)
    {
        if (expectsKeys && batch.Partitions[record] > 0 && batch.IsKeyNull(record))
        {
            LogNoKey(input.Topic);
            expectsKeys = false;
        }
    }

    /// <summary>Sends a refused record to the dead letters; of one that was repartitioned, the observation.</summary>
    private void Refuse(int record, in RecordOrigin origin, RejectReason reason)
    {
        if (input.IsRepartitioned && decoder.Observations.Count > 0)
        {
            deadLetters.Publish(decoder.Observations[0], origin, reason);
        }
        else
        {
            deadLetters.Publish(batch, record, reason);
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

    [LoggerMessage(138, LogLevel.Warning,
        "Records of '{Topic}' come without key. A series whose records are in several partitions is taken for as many "
        + "series: set Input:Repartition to on, or to off where each series does stay in one partition")]
    private partial void LogNoKey(string topic);

    [LoggerMessage(136, LogLevel.Information, "Records of '{Topic}' are taken as {Format}")]
    private partial void LogFormat(string topic, string format);
}
