using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Decoding.Schemas;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Daemon.State;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Experts;

namespace Streaming.Daemon.Pipeline;

/// <summary>One thread that forecasts: owns one consumer, one producer and the tasks of its partitions.</summary>
/// <remarks>
/// Gather, take, step in waves, publish; at the commit interval: store, commit, adopt. See
/// <see cref="LaneLoop{TTask}"/> for rebalances and losses.
/// </remarks>
internal sealed partial class Lane : IDisposable
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestoreWait = TimeSpan.FromMilliseconds(5);

    /// <summary>A commit stores series for so much of what a transaction may take: outputs and the end need the rest.
    /// </summary>
    private const int StoreShare = 4;

    private readonly LaneInput input;
    private readonly IKafkaPort port;
    private readonly TaskTable tasks;
    private readonly StateTopicReader states;
    private readonly LaneInstruments instruments;
    private readonly ILogger<Lane> logger;
    private readonly RecordDecoder decoder;
    private readonly OriginReader origins;
    private readonly TaskStepper stepper;
    private readonly Action<PartitionTask, RecordBatch> step;
    private readonly DeadLetterPublisher deadLetters;
    private readonly RecordBatch batch;
    private readonly LaneLoop<PartitionTask> loop;
    private readonly ColdReport cold;
    private readonly GroupReport groups;
    private readonly FullReport full;
    private readonly CarefulTaker<PartitionTask> taker;
    private readonly LaneFace face;
    private readonly LaneView view;
    private CancellationToken stopping;
    private bool expectsKeys;
    private int counted; // records of the batch that are counted

    public Lane(
        ForecasterOptions options, TopicPartitions partitions, IKafkaPort port, TaskFactory factory,
        VersionFeed versions, Func<long, bool> hasVersions, SampleTap? samples, LaneFace face, StateOwner owner,
        LaneInstruments instruments, TimeProvider clock, ILogger<Lane> logger, CancellationToken abandon)
    {
        (this.port, this.face, this.instruments, this.logger) = (port, face, instruments, logger);
        face.History.Clear();
        input = LaneInput.OfForecasts(options, partitions);
        expectsKeys = !input.IsRepartitioned && options.Input.Repartition == RepartitionMode.Auto;
        origins = new OriginReader(input);
        var outbox = new Outbox(port, instruments.Health, abandon, options.State.Delivery);
        var starts = new PartitionStarts(input, factory.Life, port, clock, logger);
        var store = new StateStore(outbox, options.StateTopic, owner, options.State);
        states = new StateTopicReader(port, options.StateTopic);
        var reach = new VersionReach(() => port.Watermarks(options.ModelsTopic, 0, AskTimeout).High, hasVersions);
        tasks = new TaskTable(
            options, factory, port, face.History, instruments.Health,
            (partition, before) => new TaskRestore(
                partition, before, options, factory, starts, store, states, reach, partitions.Output, logger), logger);
        ExpertPlan[] plans = factory.Plans();
        view = new LaneView(tasks, factory.Settings, plans, face.History, port.LogEnd);
        stepper = new TaskStepper(options, factory, plans, outbox, origins, samples, face, instruments);
        step = stepper.Step;
        deadLetters = new DeadLetterPublisher(options, input.Topic, outbox);
        batch = new RecordBatch(options.Pipeline.GatherRecords);
        var adoption = new VersionAdoption(tasks, stepper.Scores, versions, samples, instruments, logger);
        var pace = new StorePace(options.Kafka.TransactionTimeout / StoreShare, clock);
        Committer<PartitionTask> committer = options.State.Delivery == DeliveryMode.ExactlyOnce
            ? new TransactionalCommitter<PartitionTask>(
                port, outbox, tasks, instruments, adoption.Committed, clock, pace, logger)
            : new PlainCommitter<PartitionTask>(port, tasks, instruments, adoption.Committed, clock, pace, logger);
        var caution = new Caution<PartitionTask>(committer, tasks, factory.Life.AloneTurn, instruments.Health, abandon);
        var pause = new RegistryPause(instruments.Health, logger, abandon);
        var registry = new RegistryEvents(
            reason => caution.Aside(() => pause.Wait(reason, stopping)), pause.Over, pause.Refuse);
        decoder = input.IsRepartitioned
            ? RecordDecoder.Of(new RepartitionDecoder(options.Input, instruments.IgnoredCovariates))
            : new RecordDecoder(options.Input, registry);
        taker = new(input, batch, tasks, committer, caution, new(Take, Skip, StepAll), logger);
        cold = new(instruments, clock, logger);
        groups = new(clock, logger);
        full = new(factory.Room.Limit, clock, logger);
        loop = new(
            input, options, port, batch, tasks, committer, new(Process, () => states.Turn(RestoreWait), Report, Answer),
            instruments, clock, logger, abandon);
    }

    /// <summary>Runs until told to stop, then stores and commits what is done and leaves the group.</summary>
    public void Run(CancellationToken stopping)
    {
        this.stopping = stopping;
        loop.Run(stopping);
    }

    /// <summary>Partitions held whose tasks have not begun.</summary>
    public IReadOnlyCollection<int> Opening => tasks.Opening;

    /// <summary>One turn of the loop.</summary>
    public void Turn() => loop.Turn();

    /// <summary>Stores and commits what is done and leaves the group.</summary>
    public void Stop() => loop.Stop();

    public void Dispose() => states.Dispose();

    private void Answer() => face.Mailbox.Answer(view);

    private void Report()
    {
        instruments.Report(tasks.All, tasks.Opening.Count, port.LogEnd);
        cold.Look(tasks.All);
        groups.Look(tasks.All);
    }

    private void Process()
    {
        counted = 0;
        taker.Take();
        StepAll();
        foreach (PartitionTask task in tasks.All)
        {
            instruments.Took(task);
        }

        for (int i = 0; i < batch.Ends.Count; i++)
        {
            if (tasks.Contains(batch.Ends[i].Partition))
            {
                tasks[batch.Ends[i].Partition].ReachEnd(batch.Ends[i].Offset);
            }
        }

        Count(decoder.Format, batch.Count - counted);
    }

    private void Take(PartitionTask task, int record)
    {
        NoteKey(record);
        InputFormat format = decoder.Format;
        RecordOrigin origin = origins.Of(batch, record);
        RejectReason reason = task.Take(batch, record, origin.TimestampMs, decoder, step);
        if (decoder.Format != format)
        {
            Count(format, record - counted);
            counted = record;
        }

        if (Refuses(task, record, reason) && !origin.IsSilent)
        {
            Refuse(record, origin, reason);
        }
    }

    private void Skip(PartitionTask task, int record)
    {
        if (Refuses(task, record, RejectReason.Skipped))
        {
            deadLetters.Publish(batch, record, RejectReason.Skipped);
        }
    }

    /// <summary>Counts a record that is refused for the first time.</summary>
    /// <returns>Whether it goes to the dead letters.</returns>
    private bool Refuses(PartitionTask task, int record, RejectReason reason)
    {
        long offset = batch.Offsets[record];
        if (reason == RejectReason.None || offset < task.NewFrom)
        {
            return false;
        }

        instruments.Rejected(reason);
        if (reason == RejectReason.SeriesLimit)
        {
            full.Refused(task);
        }

        return offset >= task.LiveFrom && task.IsDeadLetter(reason);
    }

    private void StepAll()
    {
        foreach (PartitionTask task in tasks.All)
        {
            stepper.Step(task, batch);
            face.Mailbox.AnswerOne(view); // a turn under load is too long for somebody to wait for its end
        }
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
            deadLetters.Publish(batch.Partitions[record], decoder.Observations[0], origin, reason);
        }
        else
        {
            deadLetters.Publish(batch, record, reason);
        }
    }

    [LoggerMessage(138, LogLevel.Warning,
        "Records of '{Topic}' come without key. A series whose records are in several partitions is taken for as many "
        + "series: set Input:Repartition to on, or to off where each series does stay in one partition")]
    private partial void LogNoKey(string topic);

    [LoggerMessage(136, LogLevel.Information, "Records of '{Topic}' are taken as {Format}")]
    private partial void LogFormat(string topic, string format);
}
