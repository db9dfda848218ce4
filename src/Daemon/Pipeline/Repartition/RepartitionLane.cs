using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Decoding.Schemas;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>One thread that reads the input and writes its observations, keyed by series id, to the repartition
/// topic.</summary>
/// <remarks>
/// Records are decoded here, once, and those that can't be go to the dead letters from here. There is no state but the
/// place in the log, committed along with the observations, see <see cref="LaneLoop{TTask}"/>.
/// </remarks>
internal sealed partial class RepartitionLane
{
    private readonly LaneInput input;
    private readonly PartitionTable<RepartitionTask> tasks;
    private readonly RepartitionInstruments instruments;
    private readonly ILogger<RepartitionLane> logger;
    private readonly RecordDecoder decoder;
    private readonly RepartitionPublisher publisher;
    private readonly DeadLetterPublisher deadLetters;
    private readonly RecordBatch batch;
    private readonly CarefulTaker<RepartitionTask> taker;
    private readonly LaneLoop<RepartitionTask> loop;
    private CancellationToken stopping;

    /// <param name="options">The configuration.</param>
    /// <param name="partitions">Partitions of the topics.</param>
    /// <param name="port">The lane's Kafka.</param>
    /// <param name="metrics">Makes the gauges of partitions.</param>
    /// <param name="instruments">Told how it goes.</param>
    /// <param name="life">The process's.</param>
    /// <param name="clock">Tells when a commit is due.</param>
    /// <param name="logger">The lane's log.</param>
    /// <param name="abandon">Ends waiting once the host has run out of patience at a stop.</param>
    public RepartitionLane(
        ForecasterOptions options, TopicPartitions partitions, IKafkaPort port, ForecasterMetrics metrics,
        RepartitionInstruments instruments, ProcessLife life, TimeProvider clock, ILogger<RepartitionLane> logger,
        CancellationToken abandon)
    {
        (this.instruments, this.logger) = (instruments, logger);
        input = LaneInput.OfRepartition(options, partitions);
        var starts = new PartitionStarts(input, life, port, clock, logger);
        tasks = new(
            (partition, before) => new RepartitionOpening(
                partition, before, starts, place => new(
                    partition, place, partitions.Forecast, metrics.Partition(input.Topic, partition))),
            port, instruments.Health);
        var outbox = new Outbox(port, instruments.Health, abandon, options.State.Delivery);
        publisher = new RepartitionPublisher(
            options.RepartitionTopic, partitions.Forecast, RepartitionMessage.HashOf(options.Input),
            new GroupBook(options.Groups), outbox);
        deadLetters = new DeadLetterPublisher(options, input.Topic, outbox);
        batch = new RecordBatch(options.Pipeline.GatherRecords);
        var pace = new StorePace(options.Kafka.TransactionTimeout, clock); // it stores nothing
        Committer<RepartitionTask> committer = options.State.Delivery == DeliveryMode.ExactlyOnce
            ? new TransactionalCommitter<RepartitionTask>(
                port, outbox, tasks, instruments, instruments.Committed, clock, pace, logger)
            : new PlainCommitter<RepartitionTask>(port, tasks, instruments, instruments.Committed, clock, pace, logger);
        var caution = new Caution<RepartitionTask>(committer, tasks, life.AloneTurn, instruments.Health, abandon);
        var pause = new RegistryPause(instruments.Health, logger, abandon);
        decoder = new RecordDecoder(options.Input, new RegistryEvents(
            reason => caution.Aside(() => pause.Wait(reason, stopping)), pause.Over, pause.Refuse));
        taker = new(input, batch, tasks, committer, caution, new(Take, Skip, () => { }), logger);
        var work = new LaneWork(
            Process, () => { }, () => instruments.Report(tasks.All, port.LogEnd), () => { });
        loop = new(input, options, port, batch, tasks, committer, work, instruments, clock, logger, abandon);
    }

    /// <summary>Runs until told to stop, then commits what is done and leaves the group.</summary>
    public void Run(CancellationToken stopping)
    {
        this.stopping = stopping;
        loop.Run(stopping);
    }

    private void Process()
    {
        taker.Take();
        foreach (PartitionOffset end in batch.Ends)
        {
            if (tasks.Contains(end.Partition))
            {
                tasks[end.Partition].ReachEnd(end.Offset);
            }
        }
    }

    private void Take(RepartitionTask task, int record)
    {
        long offset = batch.Offsets[record];
        var origin = new RecordOrigin(
            task.Partition, offset, batch.TimestampsMs[record], IsSilent: offset < task.LiveFrom);
        RejectReason reason = decoder.Decode(InputRecord.Of(batch, record, origin.TimestampMs));
        if (instruments.Consumed(decoder.Format, 1))
        {
            LogFormat(input.Topic, OptionNames.Of(decoder.Format));
        }

        publisher.Publish(decoder.Observations, origin);
        instruments.Sent(decoder.Observations.Count);
        instruments.Excluded(decoder.Observations.LeftOut);
        if (reason != RejectReason.None)
        {
            Refuse(task, record, reason);
        }

        task.Done(offset);
    }

    private void Skip(RepartitionTask task, int record) => Refuse(task, record, RejectReason.Skipped);

    private void Refuse(RepartitionTask task, int record, RejectReason reason)
    {
        instruments.Rejected(reason);
        if (batch.Offsets[record] >= task.LiveFrom)
        {
            deadLetters.Publish(batch, record, reason);
        }
    }

    [LoggerMessage(136, LogLevel.Information, "Records of '{Topic}' are taken as {Format}")]
    private partial void LogFormat(string topic, string format);
}
