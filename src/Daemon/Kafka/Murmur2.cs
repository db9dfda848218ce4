using System.Buffers.Binary;

namespace Streaming.Daemon.Kafka;

/// <summary>The partition of a key, as the default partitioner of Kafka's Java clients chooses it.</summary>
/// <remarks>Written out because librdkafka's own goes by the partitions that a topic has at the moment. Source:
/// org.apache.kafka.common.utils.Utils.murmur2, which is A. Appleby's MurmurHash2 with this seed.</remarks>
internal static class Murmur2
{
    private const uint Seed = 0x9747B28C;
    private const uint Multiplier = 0x5BD1E995;
    private const int Shift = 24;

    /// <param name="key">The key; not null.</param>
    /// <param name="partitions">Partitions to choose from, at least 1.</param>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions) =>
        (int)(Hash(key) & int.MaxValue) % partitions;

    /// <summary>The hash of some bytes; the same on every processor.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = Seed ^ (uint)bytes.Length;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Multiplier;
            hash = (hash * Multiplier) ^ ((word ^ (word >> Shift)) * Multiplier);
        }

        if (!bytes.IsEmpty)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                hash ^= (uint)bytes[i] << (8 * i);
            }

            hash *= Multiplier;
        }

        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
