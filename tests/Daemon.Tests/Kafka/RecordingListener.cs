using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

/// <summary>Writes down what happens, and lets a test act at that moment.</summary>
internal sealed class RecordingListener(string name = "", List<string>? log = null) : IPartitionListener
{
    public List<string> Log { get; } = log ?? [];

    public SortedSet<int> Held { get; } = [];

    public Func<int, long> StartOf { get; init; } = _ => StartOffset.Committed;

    public Action<int[]> OnAssigned { get; set; } = _ => { };

    public Action<int[]> OnRevoked { get; set; } = _ => { };

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        for (int i = 0; i < partitions.Length; i++)
        {
            starts[i] = StartOf(partitions[i]);
            Log.Add($"{name}+{partitions[i]}");
            Held.Add(partitions[i]);
        }

        OnAssigned(partitions.ToArray());
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
        OnRevoked(partitions.ToArray());
        Leave("-", partitions);
    }

    public void Lost(ReadOnlySpan<int> partitions) => Leave("!", partitions);

    private void Leave(string how, ReadOnlySpan<int> partitions)
    {
        foreach (int partition in partitions)
        {
            Log.Add($"{name}{how}{partition}");
            Held.Remove(partition);
        }
    }
}
