using System.Diagnostics.CodeAnalysis;

namespace Streaming.Daemon.Pipeline;

/// <summary>Compares series ids as bytes, so that a record's id is looked up without a copy.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly Utf8Comparer Instance = new();

    /// <summary>FNV-1a over eight bytes at a time, folded at the end: the same in every process.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        const ulong prime = 0x00000100000001B3;
        ulong hash = 0xCBF29CE484222325 ^ (ulong)id.Length;
        while (id.Length >= sizeof(ulong))
        {
            hash = (hash ^ BitConverter.ToUInt64(id)) * prime;
            hash ^= hash >> 29;
            id = id[sizeof(ulong)..];
        }

        foreach (byte b in id)
        {
            hash = (hash ^ b) * prime;
        }

        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15;
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)(Hash(alternate) >> 32);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
