using System.IO.Hashing;

namespace Simulation;

/// <summary>Hashes of bytes.</summary>
internal static class Hash
{
    /// <summary>64 bits that tell records apart.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0) => XxHash3.HashToUInt64(bytes, (long)seed);

    /// <summary>The partition that clients choose for a key: murmur2, as Java does.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) =>
        (int)(Murmur2(key) & 0x7FFFFFFF) % partitions;

    private static uint Murmur2(ReadOnlySpan<byte> data)
    {
        const uint m = 0x5BD1E995;
        uint h = 0x9747B28C ^ (uint)data.Length;
        int i = 0;
        for (; i + 4 <= data.Length; i += 4)
        {
            uint k = (uint)(data[i] | data[i + 1] << 8 | data[i + 2] << 16 | data[i + 3] << 24) * m;
            h = (h * m) ^ ((k ^ (k >> 24)) * m);
        }

        for (int left = data.Length - 1; left >= i; left--)
        {
            h ^= (uint)data[left] << (8 * (left - i));
        }

        if (i < data.Length)
        {
            h *= m;
        }

        h = (h ^ (h >> 13)) * m;
        return h ^ (h >> 15);
    }
}
