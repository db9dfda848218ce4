using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Series.Codec;

/// <summary>Promise 1: what is written and read back goes on as if nothing had been.</summary>
public sealed class SeriesCodecTests
{
    private static readonly ForecasterSettings Settings = Partition.SmallSettings;
    private static readonly MeasureUnit[] Units = [new("ms"u8), new("By"u8), new("°C"u8)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Read_AtAnyRecord_GoesOnWithTheSameBits(int seed)
    {
        var random = new Random(seed);
        SeriesProfile[] profiles = RandomStream.Profiles(random, 8);
        StreamRecord[] records = RandomStream.Records(random, profiles, 2_000);
        bool withCovariates = seed % 2 == 0;
        ForecasterSettings settings = withCovariates ? FeatureReference.Under(Settings, Scaling.MinMax) : Settings;
        ModelParameters model = Partition.LivelyModel(settings, seed);
        Partition steady = new(profiles, settings, model), revived = new(profiles, settings, model);
        for (int i = 0; i < records.Length; i++)
        {
            StreamRecord record = records[i] with
            {
                Covariates = withCovariates ? FeatureReference.Covariates(random) : null,
                Unit = random.Next(20) == 0 ? Units[random.Next(Units.Length)] : null,
            };
            Take(steady, record);
            Take(revived, record);
            if (random.Next(40) == 0)
            {
                revived = revived.Revive(settings, model);
            }
        }

        Assert.InRange(steady.Results.Sum(results => results.Count), 1_000, int.MaxValue);
        for (int s = 0; s < profiles.Length; s++)
        {
            Assert.Equal(
                steady.Results[s].SelectMany(result => result.Bits), revived.Results[s].SelectMany(result => result.Bits));
            Assert.Equal(steady.BytesOf(s), revived.BytesOf(s));
        }
    }

    [Fact]
    public void Write_WhatWasRead_GivesTheSameBytes()
    {
        ModelParameters model = Partition.LivelyModel(Settings, 7);
        Partition partition = Lived(model);

        Partition revived = partition.Revive(Settings, model);

        for (int s = 0; s < partition.Series.Length; s++)
        {
            Assert.Equal(partition.BytesOf(s), revived.BytesOf(s));
        }
    }

    [Fact]
    public void Read_BytesMissingOrTooMany_IsRefused()
    {
        ModelParameters model = Partition.LivelyModel(Settings, 8);
        Partition partition = Lived(model);
        byte[] bytes = partition.BytesOf(0);
        for (int length = 0; length <= bytes.Length + 1; length += length < bytes.Length - 1 ? 13 : 1)
        {
            if (length != bytes.Length)
            {
                byte[] wrong = bytes;
                Array.Resize(ref wrong, length);
                var fresh = new Partition([partition.Series[0].Profile], Settings, model);
                Assert.Throws<InvalidDataException>(() => new SeriesCodec(fresh.States).Read(fresh.Series[0], wrong));
            }
        }
    }

    [Fact]
    public void Read_UnitThatIsNone_IsRefused()
    {
        ModelParameters model = Partition.LivelyModel(Settings, 8);
        Partition partition = Lived(model);
        partition.Offer(new(0, partition.Series[0].TimeTicks + TimeSpan.TicksPerHour, 1) { Unit = Units[0] });
        byte[] bytes = partition.BytesOf(0);
        bytes[bytes.AsSpan().LastIndexOf("ms"u8)] = (byte)'"';
        var fresh = new Partition([partition.Series[0].Profile], Settings, model);

        Assert.Throws<InvalidDataException>(() => new SeriesCodec(fresh.States).Read(fresh.Series[0], bytes));
    }

    [Fact]
    public void Read_UnderASmallerWindow_IsRefused()
    {
        ModelParameters model = Partition.LivelyModel(Settings, 9);
        Partition partition = Lived(model);
        SeriesProfile smaller = partition.Series[0].Profile with { WindowSteps = 16 };
        var fresh = new Partition([smaller], Settings, model);

        var e = Assert.Throws<InvalidDataException>(
            () => new SeriesCodec(fresh.States).Read(fresh.Series[0], partition.BytesOf(0)));

        Assert.Contains("at most 16", e.Message, StringComparison.Ordinal);
    }

    private static Partition Lived(ModelParameters model)
    {
        var profile = new SeriesProfile { StepTicks = TimeSpan.TicksPerMinute, SeasonSteps = 6, WindowSteps = 48 };
        var partition = new Partition([profile, profile], Settings, model);
        var random = new Random(Seed: 10);
        for (int i = 0; i < 300; i++)
        {
            Take(partition, new(i % 2, RandomStream.Start + (i * TimeSpan.TicksPerMinute / 2), random.NextDouble()));
        }

        return partition;
    }

    private static void Take(Partition partition, StreamRecord record)
    {
        partition.Offer(record);
        partition.StepWaves();
        partition.Note();
    }
}
