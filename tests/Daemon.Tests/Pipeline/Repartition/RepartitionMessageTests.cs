using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline.Repartition;

public sealed class RepartitionMessageTests
{
    private static readonly RepartitionMessage Sample = new(
        Pod.Start.Ticks, -12.5, ValueKind.Counter, Pod.Start.Ticks - 7, new(3, long.MaxValue, -1, IsSilent: true));

    [Fact]
    public void TryRead_OfWhatWasWritten_IsTheSame()
    {
        var random = new Random(5);
        for (int i = 0; i < 1_000; i++)
        {
            var message = new RepartitionMessage(
                random.NextInt64(), random.NextDouble() - 0.5, (ValueKind)random.Next(4), random.NextInt64(),
                new(random.Next(), random.NextInt64(), random.NextInt64() - 1, random.Next(2) == 0));

            Assert.True(RepartitionMessage.TryRead(Written(message), out RepartitionMessage read));
            Assert.Equal(message, read);
        }
    }

    /// <summary>The layout is a contract between processes of different releases.</summary>
    [Fact]
    public void Write_Version1_HasTheseBytes() => Assert.Equal(
        "0102010040577B2577DE0800000000000029C0F93F577B2577DE08FFFFFFFFFFFFFFFF03000000FFFFFFFFFFFFFF7F",
        Convert.ToHexString(Written(Sample)));

    [Fact]
    public void WriteCovariates_Version1_HasTheseBytes()
    {
        var room = new byte[RepartitionMessage.MostBytes];

        int length = RepartitionMessage.WriteCovariates(room, Names("load", "temperature"), [1.5, double.NaN]);

        Assert.Equal(
            "70096D6B000000000000F83F000000000000F8FF", Convert.ToHexString(room[RepartitionMessage.Bytes..length]));
    }

    [Fact]
    public void WriteUnit_Version1_HasTheseBytes()
    {
        var room = new byte[RepartitionMessage.MostBytes];
        Sample.Write(room);

        int length = RepartitionMessage.WriteUnit(room, RepartitionMessage.Bytes, "°C"u8);

        Assert.Equal(3, room[2]); // silent, with a unit
        Assert.Equal("C2B04303", Convert.ToHexString(room[RepartitionMessage.Bytes..length]));
    }

    [Fact]
    public void HashOf_OtherNamesOrAnotherOrder_IsAnother() => Assert.Distinct(
        [Names(), Names("a"), Names("a", "b"), Names("b", "a"), Names("ab"), Names("a", "b", "c")]);

    [Theory]
    [InlineData(0, 0)] // versions
    [InlineData(0, 2)]
    [InlineData(1, 4)] // no such kind
    [InlineData(2, 2)] // a unit that is longer than the message
    [InlineData(2, 4)] // no such flag
    [InlineData(38, 0x80)] // partition below zero
    [InlineData(46, 0x80)] // offset below zero
    public void TryRead_AnotherByte_IsRefused(int at, byte value)
    {
        byte[] bytes = Written(Sample);
        bytes[at] = value;

        Assert.False(RepartitionMessage.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(46)]
    [InlineData(48)]
    [InlineData(47 + 4)]
    [InlineData(47 + 8)]
    [InlineData(47 + 4 + (13 * 8))]
    public void TryRead_AnotherLength_IsRefused(int length)
    {
        byte[] bytes = new byte[length];
        Written(Sample).AsSpan(0, Math.Min(length, RepartitionMessage.Bytes)).CopyTo(bytes);

        Assert.False(RepartitionMessage.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "")]
    [InlineData(12, "")]
    [InlineData(0, "s")]
    [InlineData(2, "12345678")]
    [InlineData(12, "012345678901234567890123456789012345678901234567890123456789012")]
    public void TryReadCovariates_OfWhatWasWritten_AreTheSame(int count, string unit)
    {
        var room = new byte[RepartitionMessage.MostBytes];
        double[] covariates = [.. Enumerable.Range(0, count).Select(c => c % 3 == 0 ? double.NaN : c / 7.0)];
        Sample.Write(room);
        int length = RepartitionMessage.WriteCovariates(room, 5, covariates);
        ReadOnlySpan<byte> value = room.AsSpan(0, RepartitionMessage.WriteUnit(room, length, Encoding.UTF8.GetBytes(unit)));
        double[] same = new double[count], fewer = new double[Math.Max(count - 1, 0)], more = new double[count + 1];

        Assert.True(RepartitionMessage.TryRead(value, out RepartitionMessage message));
        Assert.Equal(Sample, message);
        Assert.Equal(unit, Encoding.UTF8.GetString(RepartitionMessage.CutUnit(ref value)));
        Assert.Equal(count > 0, RepartitionMessage.TryReadCovariates(value, 5, same));
        Assert.Equal(covariates, same);
        Assert.False(RepartitionMessage.TryReadCovariates(value, 5, fewer));
        Assert.False(RepartitionMessage.TryReadCovariates(value, 5, more));
        Assert.False(RepartitionMessage.TryReadCovariates(value, 6, same));
    }

    private static uint Names(params string[] names) =>
        RepartitionMessage.HashOf(new InputOptions { Covariates = names });

    private static byte[] Written(RepartitionMessage message)
    {
        var bytes = new byte[RepartitionMessage.Bytes];
        message.Write(bytes);
        return bytes;
    }
}
