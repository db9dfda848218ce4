using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Asks the brokers what a look at a whole deployment needs, over a client of its own.</summary>
/// <remarks>The embedded cluster tells no settings and no rights, and its transactions are hollow.</remarks>
internal sealed unsafe class ClusterSurvey : IClusterSurvey
{
    /// <summary>Partitions that are looked into for a newest record, at most: any will do.</summary>
    private const int MostLookedInto = 16;

    private static readonly TimeSpan PollWait = TimeSpan.FromMilliseconds(100);

    private readonly ForecasterOptions options;
    private readonly ILogger logger;
    private readonly TimeSpan timeout;
    private readonly RdClient client;
    private string? trouble;

    /// <param name="options">Where the brokers are, and whose the deployment is.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    /// <param name="timeout">How long each request may take.</param>
    public ClusterSurvey(ForecasterOptions options, ILogger logger, TimeSpan timeout)
    {
        (this.options, this.logger, this.timeout) = (options, logger, timeout);
        client = new RdClient(
            LibRdKafka.Producer, ClientProperties.Admin(options.Kafka), logger,
            (code, reason) => trouble = code == ErrorCode.Local_AllBrokersDown ? trouble : reason, // which says nothing more
            this, _ => { });
    }

    private TopicQuery Query => new(client.Handle, timeout);

    public ClusterView View()
    {
        RdMetadata* metadata;
        int error = LibRdKafka.rd_kafka_metadata(client.Handle, 1, 0, &metadata, (int)timeout.TotalMilliseconds);
        _ = LibRdKafka.rd_kafka_poll(client.Handle, 0);
        if (error != 0)
        {
            throw new KafkaPortException((ErrorCode)error, trouble ?? $"no answer in time ({LibRdKafka.Describe(error)})", retriable: true);
        }

        var brokers = new List<BrokerView>();
        foreach (ref RdMetadataBroker broker in new Span<RdMetadataBroker>(metadata->Brokers, metadata->BrokerCount))
        {
            brokers.Add(new(broker.Id, Text((nint)broker.Host), broker.Port));
        }

        var topics = new Dictionary<string, IReadOnlyList<PartitionView>>(StringComparer.Ordinal);
        foreach (ref RdMetadataTopic topic in new Span<RdMetadataTopic>(metadata->Topics, metadata->TopicCount))
        {
            topics[Text((nint)topic.Name)] = PartitionsOf(topic);
        }

        LibRdKafka.rd_kafka_metadata_destroy(metadata);
        nint id = LibRdKafka.rd_kafka_clusterid(client.Handle, (int)timeout.TotalMilliseconds);
        var view = new ClusterView(id == 0 ? "" : Text(id), brokers, topics);
        if (id != 0)
        {
            LibRdKafka.rd_kafka_mem_free(client.Handle, id);
        }

        return view;
    }

    public IReadOnlyDictionary<string, string>? Settings(string topic) => Query.Settings(topic);

    public IReadOnlySet<AclOperation>? RightsOnTopic(string topic) => Query.Rights(topic);

    public IReadOnlySet<AclOperation>? RightsOnGroup(string group)
    {
        string what = $"Group '{group}', rights";
        using var request = new AdminRequest(client.Handle, timeout);
        Check(RdError.Take(
            LibRdKafka.rd_kafka_AdminOptions_set_include_authorized_operations(request.Options, 1)).Code, what);
        fixed (byte* name = Encoding.UTF8.GetBytes(group + '\0'))
        {
            byte* only = name;
            LibRdKafka.rd_kafka_DescribeConsumerGroups(client.Handle, &only, 1, request.Options, request.Queue);
        }

        nuint count;
        nint found = *LibRdKafka.rd_kafka_DescribeConsumerGroups_result_groups(
            LibRdKafka.rd_kafka_event_DescribeConsumerGroups_result(request.Answer(what)), &count);
        nint error = LibRdKafka.rd_kafka_ConsumerGroupDescription_error(found);
        ErrorCode code = error == 0 ? ErrorCode.NoError : (ErrorCode)LibRdKafka.rd_kafka_error_code(error);
        if (code == ErrorCode.GroupAuthorizationFailed)
        {
            return new HashSet<AclOperation>();
        }

        if (code == ErrorCode.GroupIdNotFound)
        {
            return null; // brokers from 4.0 tell no rights on what is not there
        }

        Check(code, what);
        return ToldRights.Of(LibRdKafka.rd_kafka_ConsumerGroupDescription_authorized_operations(found, &count), count);
    }

    public IReadOnlyList<LogEnds> Ends(string topic, int partitions)
    {
        long[] stable = Ends(topic, partitions, onlyCommitted: true); // first: what is written meanwhile is no gap
        long[] ends = Ends(topic, partitions, onlyCommitted: false);
        return [.. stable.Select((offset, partition) => new LogEnds(partition, offset, ends[partition]))];
    }

    public void ReadNewest(string topic, int partitions, Action<RecordBatch> take)
    {
        using var reader = new LogReader(
            ClientProperties.Reader(options.Kafka, GroupMember.Command(options)), topic, logger);
        LogEnds[] full =
        [
            .. Ends(topic, Math.Min(partitions, MostLookedInto))
                .Where(one => one.Stable > reader.Watermarks(one.Partition, timeout).Low),
        ];
        foreach (LogEnds one in full)
        {
            reader.Open(one.Partition, one.Stable - 1);
        }

        var batch = new RecordBatch(MostLookedInto);
        long since = Stopwatch.GetTimestamp();
        while (full.Any(one => reader.Position(one.Partition) < one.Stable) && Stopwatch.GetElapsedTime(since) < timeout)
        {
            reader.Poll(batch, PollWait);
            take(batch);
        }
    }

    public void StartTransactions()
    {
        using var producer = new RdClient(
            LibRdKafka.Producer,
            ClientProperties.Producer(options.Kafka, GroupMember.Doctor(options), DeliveryMode.ExactlyOnce), logger,
            (_, _) => { }, this, _ => { });
        new ProducerTransactions(producer).Init(timeout);
    }

    public void Dispose() => client.Dispose();

    private long[] Ends(string topic, int partitions, bool onlyCommitted)
    {
        string what = $"Topic '{topic}', ends";
        using var list = new PartitionList(topic, partitions);
        for (int partition = 0; partition < partitions; partition++)
        {
            list.Add(partition, StartOffset.End);
        }

        using var request = new AdminRequest(client.Handle, timeout);
        if (onlyCommitted)
        {
            Check(
                RdError.Take(LibRdKafka.rd_kafka_AdminOptions_set_isolation_level(
                    request.Options, LibRdKafka.ReadCommitted)).Code, what);
        }

        LibRdKafka.rd_kafka_ListOffsets(client.Handle, list.Native, request.Options, request.Queue);
        nuint count;
        nint* found = LibRdKafka.rd_kafka_ListOffsets_result_infos(
            LibRdKafka.rd_kafka_event_ListOffsets_result(request.Answer(what)), &count);
        long[] ends = new long[partitions];
        for (nuint i = 0; i < count; i++)
        {
            RdPartition* one = LibRdKafka.rd_kafka_ListOffsetsResultInfo_topic_partition(found[i]);
            Check((ErrorCode)one->Error, $"{what}, partition {one->Partition}");
            ends[one->Partition] = one->Offset;
        }

        return ends;
    }

    private static PartitionView[] PartitionsOf(in RdMetadataTopic topic)
    {
        var partitions = new PartitionView[topic.Error == 0 ? topic.PartitionCount : 0];
        for (int i = 0; i < partitions.Length; i++)
        {
            ref RdMetadataPartition one = ref topic.Partitions[i];
            partitions[i] = new(one.Id, one.Leader >= 0, one.ReplicaCount, one.InSyncCount);
        }

        return partitions;
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    private static void Check(ErrorCode code, string what)
    {
        if (code != ErrorCode.NoError)
        {
            throw new KafkaPortException(
                code, $"{what}: {LibRdKafka.Describe((int)code)}", retriable: RetriableErrors.Contain(code));
        }
    }
}
