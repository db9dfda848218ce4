using System.Text;
using System.Text.RegularExpressions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Repartition;

namespace Daemon.Tests.Pipeline.Repartition;

public sealed class RepartitionLaneTests
{
    private const int Targets = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2_048)]
    public void Run_KeysThatMatch_TheLaneBehindPublishesTheSameBytesAsOneThatReadsTheInput(int gatherRecords)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            MemoryBroker direct = RandomStreams.Create(seed, Targets, isKeyed: true);
            using var reader = new Pod(direct, Pod.SmallOptions());
            reader.RunToEnd();

            MemoryBroker input = RandomStreams.Create(seed, Targets, isKeyed: true);
            MemoryBroker topic = Repartition(input, gatherRecords);
            using var behind = new Pod(topic, RepartitionPod.Options(gatherRecords));
            behind.RunToEnd();

            ILookup<int, string> expected = RandomStreams.ByPartition(direct.Forecasts);
            ILookup<int, string> actual = RandomStreams.ByPartition(topic.Forecasts);
            Assert.Equal(Targets, expected.Count);
            Assert.All(expected, partition => Assert.Equal(partition, actual[partition.Key]));
            Assert.Equal(expected.Count, actual.Count);
            Assert.Equal(Refusals(direct.DeadLetters), Refusals([.. input.DeadLetters, .. topic.DeadLetters]));
        }

        static IEnumerable<string> Refusals(IEnumerable<OutputMessage> letters) =>
            letters.Select(m => $"{m.Origin} {m.Header("forecaster_reason")}").Order();
    }

    [Fact]
    public void Run_SeriesSpreadOverPartitions_IsOneSeriesBehind()
    {
        const int minutes = 15, each = 4;
        var input = new MemoryBroker(each);
        for (int i = 0; i < minutes * each; i++)
        {
            AddLine(input, i % each, Pod.Start.AddMinutes(i / each), i);
        }

        Repartition(input, gatherRecords: 7);
        AddLine(input, 2, Pod.Start.AddHours(3), 0);
        MemoryBroker topic = Repartition(input);
        ForecasterOptions options = RepartitionPod.Options();
        using var behind = new Pod(
            topic, options with { Series = options.Series with { Grace = TimeSpan.FromHours(1) } });
        behind.RunToEnd();

        Assert.Empty(topic.DeadLetters);
        Assert.Equal(["g_f{host=a}", "g_g{host=a}"], BySeries().Select(series => series.Key).Order());
        Assert.All(BySeries(), series =>
        {
            Assert.All(series, m => Assert.Equal(Murmur2.PartitionOf(m.Key, Targets), m.Partition));
            Assert.Equal(
                Enumerable.Range(0, minutes).Select(minute => $"\"value\":{(4 * minute) + 1}.5,"),
                series.Select(m => Regex.Match(m.Text, "\"value\":.*?,").Value));
            Assert.All(series, m => Assert.Equal(new(2, minutes), m.Origin)); // the record that closed all steps
        });

        IEnumerable<IGrouping<string, OutputMessage>> BySeries() =>
            topic.Forecasts.GroupBy(m => Encoding.UTF8.GetString(m.Key!));

        static void AddLine(MemoryBroker input, int partition, DateTime time, int value) => input.Add(
            partition, null, $"g,host=a f={value},g={value}i {MemoryBroker.Ms(time)}000000", MemoryBroker.Ms(time));
    }

    [Fact]
    public void Run_SeriesOfAGroup_ShareThePartitionOfTheFirst()
    {
        var input = new MemoryBroker(1);
        string[] ids = [.. Enumerable.Range(0, 20).Select(s => $"s{s}")];
        foreach (string id in ids)
        {
            input.AddEvent(0, id, Pod.Start, 1);
        }

        string[] members = ids[4..16];
        ForecasterOptions options = RepartitionPod.Options();
        using var pod = new RepartitionPod(input, options with { Groups = [new() { Members = members }] }, Targets);
        pod.RunToEnd();

        Assert.Equal(ids.Length, input.Repartitioned.Count());
        Assert.All(input.Repartitioned, message =>
        {
            string id = Encoding.UTF8.GetString(message.Key!), by = members.Contains(id) ? members[0] : id;
            Assert.Equal(Murmur2.PartitionOf(Encoding.UTF8.GetBytes(by), Targets), message.Partition);
        });
    }

    [Fact]
    public void Run_Messages_CarryTimestampAndPlaceOfTheirRecord()
    {
        var input = new MemoryBroker(2);
        input.LowMarks[1] = 41;
        input.Add(1, null, """{"series":"s","time":"2026-03-01T00:00:00Z","value":7}""", timestampMs: 1_234);
        input.Add(1, "k", """{"series":"s","time":"2026-03-01T00:00:00Z","value":7}"""); // without a timestamp

        Repartition(input);

        OutputMessage[] messages = [.. input.Repartitioned];
        Assert.Equal([1_234L, 0L], messages.Select(m => m.TimestampMs));
        Assert.All(messages, m => Assert.Equal("s"u8, m.Key!));
        RepartitionMessage[] values = [.. messages.Select(Read)];
        Assert.Equal([new(1, 41, 1_234), new(1, 42, -1)], values.Select(value => value.Origin));
        Assert.All(values, value => Assert.Equal((Pod.Start.Ticks, 7.0), (value.TimeTicks, value.Value)));
    }

    [Fact]
    public void Run_RecordThatIsRefused_IsADeadLetterOnceAndItsGoodPartsGoOn()
    {
        var input = new MemoryBroker(1);
        input.Add(0, null, "e f=1\ne f=x\ne g=2", MemoryBroker.Ms(Pod.Start));
        input.Add(0, "k", "rubbish", MemoryBroker.Ms(Pod.Start));

        MemoryBroker topic = Repartition(input);
        using var behind = new Pod(topic, RepartitionPod.Options());
        behind.RunToEnd();

        Assert.Equal(["bad-value", "not-json"], input.DeadLetters.Select(m => m.Header("forecaster_reason")));
        Assert.Equal([0L, 1L], input.DeadLetters.Select(m => m.Origin.Offset));
        Assert.Equal("rubbish", input.DeadLetters.Last().Text);
        Assert.Equal(2, topic.Forecasts.Count());
        Assert.Empty(topic.DeadLetters);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_BucketsThatNobodyAskedFor_AreCountedByWhoeverReadsThem(bool isRepartitioned)
    {
        var input = new MemoryBroker(1);
        input.Add(0, "k", "e,le=1 h_bucket=1,h_max=2\ne,le=2 h_bucket=3", MemoryBroker.Ms(Pod.Start));
        input.Add(0, "k", """{"name":"e_bucket","timestamp":"2026-03-01T00:00:00Z","value":"1","labels":{"le":"+Inf"}}""",
            MemoryBroker.Ms(Pod.Start));
        MemoryBroker read = isRepartitioned ? Repartition(input, excluded: 3) : input;
        ForecasterOptions options = isRepartitioned ? RepartitionPod.Options() : Pod.SmallOptions();

        using var pod = new Pod(read, options);
        pod.RunToEnd();

        Assert.Equal("e_h_max{le=1}", Encoding.UTF8.GetString(Assert.Single(read.Forecasts).Key!));
        Assert.Equal(isRepartitioned ? 0 : 3, pod.Metrics.ObservationsExcluded.Value);
        Assert.Empty(read.DeadLetters);
    }

    [Fact]
    public void Behind_LateObservation_IsADeadLetterAsAnEventWithTheOrigin()
    {
        var input = new MemoryBroker(1);
        input.Add(0, null, "e f=1 1772323260000000000", MemoryBroker.Ms(Pod.Start));
        input.Add(0, null, "e f=1.5 1772323200500000000", timestampMs: 1772323277077);

        MemoryBroker topic = Repartition(input);
        using var behind = new Pod(topic, RepartitionPod.Options());
        behind.RunToEnd();

        OutputMessage letter = Assert.Single(topic.DeadLetters);
        Assert.Equal("""{"series":"e_f","time":"2026-03-01T00:00:00.5Z","value":1.5}""", letter.Text);
        Assert.Equal("e_f"u8, letter.Key!);
        Assert.Equal(("late", "events"), (letter.Header("forecaster_reason"), letter.Header("forecaster_topic")));
        Assert.Equal("1772323277077", letter.Header("forecaster_timestamp"));
        Assert.Equal(new(0, 1), letter.Origin);
    }

    /// <summary>Messages need a timestamp, and brokers may give them one of their own.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public void Behind_TimestampOfTheMessage_DoesNotCount(long timestampMs)
    {
        var input = new MemoryBroker(1);
        input.Add(0, null, "e f=1 1772323200000000000");
        MemoryBroker topic = Repartition(input);
        List<InputRecord> log = topic.Logs.Single(log => log.Count > 0);
        log[0] = log[0] with { TimestampMs = timestampMs };
        using var behind = new Pod(topic, RepartitionPod.Options());

        behind.RunToEnd();

        Assert.Single(topic.Forecasts);
        Assert.Empty(topic.DeadLetters); // as of the future
    }

    [Fact]
    public void Behind_MessageOfAnotherVersion_IsADeadLetterOfTheRepartitionTopic()
    {
        MemoryBroker topic = Repartition(RandomStreams.Create(seed: 1, Targets, isKeyed: true));
        byte[] newer = [.. topic.Logs[2][3].Value!];
        newer[0] = 2;
        topic.Logs[2][3] = topic.Logs[2][3] with { Value = newer };
        using var behind = new Pod(topic, RepartitionPod.Options());

        behind.RunToEnd();

        OutputMessage letter = Assert.Single(
            topic.DeadLetters, m => m.Header("forecaster_reason") == "not-repartitioned");
        Assert.Equal(newer, letter.Value);
        Assert.Equal("forecaster-repartition", letter.Header("forecaster_topic"));
        Assert.Equal(("2", "3"), (letter.Header("forecaster_partition"), letter.Header("forecaster_offset")));
        Assert.Equal(topic.Logs[2][^1].Offset + 1, topic.Committed[2]);
    }

    [Fact]
    public void Run_PartitionsOfTheTopicChanged_IsRefusedWithWhatToDo()
    {
        MemoryBroker input = RandomStreams.Create(seed: 1);
        Repartition(input);
        using var other = new RepartitionPod(input, RepartitionPod.Options(), Targets + 1);

        var refused = Assert.Throws<InvalidOperationException>(() => other.RunToEnd());

        Assert.Contains(
            "forecaster-repartition has 4 partitions, but 'events' has been repartitioned to 3", refused.Message,
            StringComparison.Ordinal);
        Assert.Contains("choose another Application", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputGrows_TheNewPartitionIsReadFromItsStart()
    {
        MemoryBroker small = RandomStreams.Create(seed: 1, partitions: 1), grown = RandomStreams.Create(seed: 1);
        Repartition(small);
        grown.Committed[0] = small.Committed[0];
        grown.Notes[0] = small.Notes[0];

        Repartition(grown);

        Assert.Equal([1, 2], grown.Repartitioned.Select(m => m.Origin.Partition).Distinct().Order());
    }

    [Fact]
    public void Run_Metrics_CountRecordsOnceAndObservationsThatAreAcknowledged()
    {
        MemoryBroker input = RandomStreams.Create(seed: 6);
        using var pod = new RepartitionPod(input, RepartitionPod.Options(gatherRecords: 40), Targets);

        pod.RunToEnd();

        Assert.Equal(360, pod.Metrics.RecordsConsumed.WithLabels("events", "json").Value);
        Assert.Equal(input.Repartitioned.Count(), pod.Metrics.ObservationsRepartitioned.Value);
        Assert.Equal(input.DeadLetters.Count(), pod.Metrics.RecordsRejected.WithLabels("not-json").Value);
        Assert.Equal(360, input.Output.Count);
        Assert.All(Enumerable.Range(0, 3), p => Assert.Equal(input.End(p), input.Committed[p]));
    }

    /// <summary>Repartitions what is not yet; returns the topic, whole.</summary>
    private static MemoryBroker Repartition(MemoryBroker input, int gatherRecords = 2_048, int excluded = 0)
    {
        using var pod = new RepartitionPod(input, RepartitionPod.Options(gatherRecords), Targets);
        pod.RunToEnd();
        Assert.Equal(excluded, pod.Metrics.ObservationsExcluded.Value);
        return RepartitionPod.TopicOf(input, Targets);
    }

    private static RepartitionMessage Read(OutputMessage message)
    {
        Assert.True(RepartitionMessage.TryRead(message.Value, out RepartitionMessage read));
        return read;
    }
}
