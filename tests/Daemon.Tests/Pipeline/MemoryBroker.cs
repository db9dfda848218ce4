using System.Globalization;
using System.Text;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Repartition;

namespace Daemon.Tests.Pipeline;

/// <summary>The logs of one input topic, the group's offsets, and what was acknowledged; outlives ports.</summary>
internal sealed class MemoryBroker
{
    private readonly Dictionary<int, List<OutputMessage>> states = [];

    public MemoryBroker(int partitions)
    {
        Logs = [.. Enumerable.Range(0, partitions).Select(_ => new List<InputRecord>())];
        LowMarks = new long[partitions];
    }

    /// <summary>Records of each partition, offsets ascending, gaps allowed.</summary>
    public List<InputRecord>[] Logs { get; private set; }

    /// <summary>First offset kept of each partition.</summary>
    public long[] LowMarks { get; private set; }

    public Dictionary<int, long> Committed { get; } = [];

    /// <summary>The text committed along with an offset, whole.</summary>
    public Dictionary<int, byte[]> Notes { get; } = [];

    /// <summary>Acknowledged messages, in the order of acknowledgement; but those of the state topic.</summary>
    public List<OutputMessage> Output { get; } = [];

    /// <summary>The log of a partition of the state topic.</summary>
    public List<OutputMessage> StatesOf(int partition)
    {
        states.TryAdd(partition, []);
        return states[partition];
    }

    /// <summary>Takes messages that are acknowledged.</summary>
    public void Take(IEnumerable<OutputMessage> messages)
    {
        foreach (OutputMessage message in messages)
        {
            (message.Topic.EndsWith("-state", StringComparison.Ordinal) ? StatesOf(message.Partition) : Output).Add(message);
        }
    }

    /// <summary>Whether messages are kept; if not, they are taken without a copy.</summary>
    public bool KeepsOutput { get; init; } = true;

    public int Partitions => Logs.Length;

    public IEnumerable<OutputMessage> Forecasts => Output.Where(m => m.Topic == "forecasts");

    public IEnumerable<OutputMessage> Repartitioned => Output.Where(m => m.Topic == "forecaster-repartition");

    public IEnumerable<OutputMessage> DeadLetters => Output.Where(m => m.Topic == "forecaster-dead-letters");

    /// <summary>Offsets at the end of each log that no record has: marks of transactions.</summary>
    public int EndMarks { get; set; }

    /// <summary>Offset after the log's end.</summary>
    public long End(int partition) =>
        (Logs[partition] is [.., var last] ? last.Offset + 1 : LowMarks[partition]) + EndMarks;

    /// <summary>Gives the topic one more partition.</summary>
    public void Grow() => (Logs, LowMarks) = ([.. Logs, []], [.. LowMarks, 0]);

    public void Add(
        int partition, string? key, string? value, long? timestampMs = null, int gap = 0,
        MessageHeaders? headers = null) =>
        Logs[partition].Add(new(
            End(partition) + gap, timestampMs ?? -1, key is null ? null : Encoding.UTF8.GetBytes(key),
            value is null ? null : Encoding.UTF8.GetBytes(value), headers));

    /// <summary>Adds an event whose Kafka timestamp is its event time.</summary>
    public void AddEvent(int partition, string series, DateTime time, double value, int gap = 0)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture, $$"""{"series":"{{series}}","time":"{{time:O}}","value":{{value:R}}}""");
        Add(partition, series, text, Ms(time), gap);
    }

    public static long Ms(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}

/// <summary>A record of the input.</summary>
internal sealed record InputRecord(
    long Offset, long TimestampMs, byte[]? Key, byte[]? Value, MessageHeaders? Headers = null);

/// <summary>A message that was produced.</summary>
internal sealed class OutputMessage(
    string topic, int partition, byte[]? key, byte[]? value, long timestampMs, (string Name, string Value)[] headers)
{
    private string? whole;
    private PartitionOffset? origin;

    public string Topic => topic;

    public int Partition => partition;

    public byte[]? Key => key;

    public byte[]? Value => value;

    public long TimestampMs => timestampMs;

    public string Text { get; } = value is null ? "" : Encoding.UTF8.GetString(value);

    public string? Header(string name) => headers.FirstOrDefault(h => h.Name == name).Value;

    /// <summary>Partition and offset of the record it came of.</summary>
    public PartitionOffset Origin => origin ??= topic == "forecasts"
        ? new((int)Number(Text, "\"partition\":"), Number(Text, "\"offset\":"))
        : RepartitionMessage.TryRead(value, out RepartitionMessage message)
        ? new(message.Origin.Partition, message.Origin.Offset)
        : new(int.Parse(Header("forecaster_partition")!, CultureInfo.InvariantCulture),
            long.Parse(Header("forecaster_offset")!, CultureInfo.InvariantCulture));

    public string Model => Text.Split("\"model\":\"")[1].Split('"')[0];

    /// <summary>Everything about it, byte for byte.</summary>
    public string Whole => whole ??= $"{topic}|{partition}|{Hex(key)}|{Hex(value)}|{timestampMs}|"
        + string.Join('|', headers.Select(h => $"{h.Name}={h.Value}"));

    private static string Hex(byte[]? bytes) => bytes is null ? "null" : Convert.ToHexString(bytes);

    private static long Number(string text, string after)
    {
        int start = text.LastIndexOf(after, StringComparison.Ordinal) + after.Length;
        int end = start;
        while (char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return long.Parse(text.AsSpan(start, end - start), CultureInfo.InvariantCulture);
    }
}
