using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Pipeline;

/// <summary>Records of one partition that are passed over, whenever they are read: as configured, and as was done
/// before.</summary>
/// <remarks>What was passed over stays so, also when the configuration forgets it, for state is rebuilt by reading
/// again. The last 64 are kept: their note must fit a commit's 4 KiB.</remarks>
internal sealed class SkippedOffsets
{
    private const int MostDone = 64;

    private readonly HashSet<long> offsets;
    private readonly string topic;
    private readonly int partition;

    /// <param name="configured">Places to skip, of any topic.</param>
    /// <param name="topic">The topic read.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="done">Offsets that owners before have skipped.</param>
    /// <param name="readFrom">First offset that will be read.</param>
    public SkippedOffsets(
        IEnumerable<string> configured, string topic, int partition, IReadOnlyList<long>? done, long readFrom)
    {
        (this.topic, this.partition) = (topic, partition);
        Done = done?.Where(offset => offset >= readFrom).ToArray() is { Length: > 0 } kept ? kept : null;
        offsets = [.. Done ?? []];
        foreach (string text in configured)
        {
            if (SkipPlace.TryParse(text, out SkipPlace place) && place.Topic == topic && place.Partition == partition)
            {
                offsets.Add(place.Offset);
            }
        }
    }

    /// <summary>Offsets that were skipped, ascending; null for none.</summary>
    public IReadOnlyList<long>? Done { get; private set; }

    /// <summary>What an operator writes to have an offset passed over.</summary>
    public SkipPlace PlaceOf(long offset) => new(topic, partition, offset);

    public bool Contains(long offset) => offsets.Count > 0 && offsets.Contains(offset);

    /// <summary>Keeps in mind that a record was skipped.</summary>
    public void Add(long offset)
    {
        if (Done?.Contains(offset) != true)
        {
            Done = [.. (Done ?? []).Append(offset).Order().TakeLast(MostDone)];
        }
    }
}
