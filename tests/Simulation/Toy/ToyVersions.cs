using System.Buffers.Binary;
using Streaming.Daemon.Kafka;

namespace Simulation.Toy;

/// <summary>The versions published so far, as far as this lane has read the models topic.</summary>
internal sealed class ToyVersions(ILogReader reader)
{
    private readonly Dictionary<int, ulong> weights = new() { [0] = 1 };
    private readonly RecordBatch batch = new(16);

    /// <summary>The newest one it knows.</summary>
    public int Newest { get; private set; }

    /// <summary>Offset up to which the topic was read.</summary>
    public long Position => reader.Position(0);

    public void Open() => reader.Open(0, 0);

    public void Poll()
    {
        reader.Poll(batch, TimeSpan.Zero);
        for (int i = 0; i < batch.Count; i++)
        {
            int version = BinaryPrimitives.ReadInt32LittleEndian(batch.Key(i));
            weights[version] = BinaryPrimitives.ReadUInt64LittleEndian(batch.Value(i));
            Newest = Math.Max(Newest, version);
        }
    }

    /// <exception cref="InvalidOperationException">The version is not known.</exception>
    public ulong WeightOf(int version) => weights.TryGetValue(version, out ulong weight)
        ? weight
        : throw new InvalidOperationException($"Version {version} is not known.");
}
