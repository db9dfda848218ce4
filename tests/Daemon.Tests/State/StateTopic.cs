using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.State;

/// <summary>One partition of a compacted topic.</summary>
internal sealed class StateTopic
{
    private readonly List<(byte[] Key, byte[] Value)> records = [];

    public void Add(IEnumerable<(byte[] Key, byte[] Value)> written) => records.AddRange(written);

    /// <summary>What a reader gets: all, or compacted up to some record.</summary>
    public List<(byte[] Key, byte[] Value)> Read(Random random)
    {
        int compacted = random.Next(2) == 0 ? 0 : random.Next(records.Count);
        var last = new Dictionary<byte[], int>(Utf8Comparer.Instance);
        for (int i = 0; i < compacted; i++)
        {
            last[records[i].Key] = i;
        }

        return [.. records.Where((record, i) => i >= compacted || (last[record.Key] == i && record.Value.Length > 0))];
    }
}
