using System.Buffers;
using Streaming.Daemon.State;

namespace Daemon.Tests.State;

public sealed class StateEnvelopeTests
{
    private static readonly byte[] Key = [1, .. "cpu{host=a}"u8];
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    [Fact]
    public void Open_WhatWasSealed_GivesTheContent()
    {
        StateDamage damage = new StateEnvelope(7).Open(Key, Sealed(7), out ReadOnlySpan<byte> content);

        Assert.Equal(StateDamage.None, damage);
        Assert.Equal(Content, content);
    }

    [Fact]
    public void Open_AnyBitFlipped_IsDamage()
    {
        byte[] value = Sealed(7);
        var envelope = new StateEnvelope(7);
        for (int bit = 0; bit < 8 * value.Length; bit++)
        {
            value[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(StateDamage.Checksum, envelope.Open(Key, value, out _));
            value[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Open_CutAnywhere_IsDamage()
    {
        byte[] value = Sealed(7);
        for (int length = 0; length < value.Length; length++)
        {
            Assert.Equal(StateDamage.Checksum, new StateEnvelope(7).Open(Key, value.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void Open_UnderAnotherKeyOrPartition_IsDamage()
    {
        Assert.Equal(StateDamage.Checksum, new StateEnvelope(8).Open(Key, Sealed(7), out _));
        Assert.Equal(StateDamage.Checksum, new StateEnvelope(7).Open(Key.AsSpan(0, 5), Sealed(7), out _));
    }

    [Fact]
    public void Open_WholeButOfAnotherVersion_IsToldApart()
    {
        // What a later version would write: the same frame around another first byte.
        var later = new StateEnvelope(7);
        var buffer = (ArrayBufferWriter<byte>)later.Begin();
        buffer.ResetWrittenCount();
        buffer.Write<byte>([StateEnvelope.Version + 1, .. Content]);

        Assert.Equal(StateDamage.UnknownVersion, new StateEnvelope(7).Open(Key, later.Seal(Key), out _));
    }

    private static byte[] Sealed(int partition)
    {
        var envelope = new StateEnvelope(partition);
        envelope.Begin().Write(Content);
        return envelope.Seal(Key).ToArray();
    }
}
