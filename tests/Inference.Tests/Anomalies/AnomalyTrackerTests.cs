using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Anomalies;

public sealed class AnomalyTrackerTests
{
    private const double Threshold = 0.9995;
    private const int Refractory = 120;

    [Fact]
    public void Judge_FirstValues_RaiseNoAlarm()
    {
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 48; i++)
        {
            Assert.Equal((0, AnomalyKind.None), Judge(ref tracker, i == 20 ? 1e6 : 1e-3));
        }
    }

    [Fact]
    public void Judge_SpikeInCalmNoise_AlarmsOnceAndOnlyThere()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var tracker = new AnomalyTracker();
            var alarms = new List<(int, AnomalyKind)>();
            for (int i = 0; i < 1_000; i++)
            {
                AnomalyKind kind = Judge(ref tracker, i == 700 ? 30 : Smooth(random)).Alarm;
                if (kind != AnomalyKind.None && i >= 500)
                {
                    alarms.Add((i, kind));
                }
            }

            Assert.Equal([(700, AnomalyKind.Spike)], alarms);
        }
    }

    [Fact]
    public void Judge_ConstantThenSpike_AlarmsOnce()
    {
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal((0, AnomalyKind.None), Judge(ref tracker, 0));
        }

        Assert.Equal(AnomalyKind.Spike, Judge(ref tracker, 1).Alarm);
        Assert.Equal(AnomalyKind.None, Judge(ref tracker, -1).Alarm);
        Assert.Equal(AnomalyKind.None, Judge(ref tracker, 0).Alarm);
    }

    [Fact]
    public void Judge_AnyValues_ScoresWithinZeroAndOne()
    {
        var random = new Random(Seed: 4);
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 5_000; i++)
        {
            var wild = Wild(random);
            Assert.InRange(tracker.Judge(wild, Threshold, Refractory).Score, 0, 1);
        }
    }

    [Fact]
    public void Restart_RangeOfValues_IsStillKnown()
    {
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 200; i++)
        {
            Judge(ref tracker, i % 2);
        }

        tracker.Restart();

        Assert.Equal(AnomalyKind.None, Judge(ref tracker, 1).Alarm);
        Assert.Equal(AnomalyKind.Spike, Judge(ref tracker, 9).Alarm);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_AnyLivedState_GoesOnWithTheSameBits(int seed)
    {
        var random = new Random(seed);
        AnomalyTracker steady = new(), revived = new();
        for (int i = 0; i < 3_000; i++)
        {
            Deviation wild = Wild(random);
            Assert.Equal(
                steady.Judge(wild, Threshold, Refractory), revived.Judge(wild, Threshold, Refractory));
            revived = Revived(revived);
            Assert.Equal(Bytes(steady), Bytes(revived));
            if (random.Next(300) == 0)
            {
                steady.Restart();
                revived.Restart();
            }
        }
    }

    [Fact]
    public void Write_AnyField_IsInTheBytes() =>
        Assert.Equal(SizeOf(typeof(AnomalyTracker)), Bytes(new AnomalyTracker()).Length);

    /// <summary>Each byte comes back where it was, so no field is read into another's place; a place or count that can't
    /// be is refused.</summary>
    [Fact]
    public void Read_AnyByteChanged_IsChangedInTheState()
    {
        var random = new Random(Seed: 8);
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 500; i++)
        {
            tracker.Judge(Wild(random), Threshold, Refractory);
        }

        byte[] bytes = Bytes(tracker);
        AnomalyTracker before = tracker;
        int refused = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            AnomalyTracker read = default;
            if (TryRead(changed, ref read))
            {
                Assert.Equal(changed, Bytes(read));
                Assert.False(Raw(ref read).SequenceEqual(Raw(ref before)));
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 3 * sizeof(int));
    }

    private static bool TryRead(byte[] bytes, ref AnomalyTracker tracker)
    {
        try
        {
            var reader = new StateReader(bytes);
            tracker.ReadFrom(ref reader);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static (double Score, AnomalyKind Alarm) Judge(ref AnomalyTracker tracker, double value)
    {
        AnomalyVerdict verdict = tracker.Judge(
            new(value, Scale: 1, value, double.NaN, GapSteps: 0, double.NaN), Threshold, Refractory);
        return (verdict.Score, verdict.Alarm);
    }

    /// <summary>Noise without a tail to speak of.</summary>
    private static double Smooth(Random random) => random.NextDouble() - 0.5;

    private static Deviation Wild(Random random)
    {
        double value = random.Next(30) switch
        {
            0 => 1e100,
            1 => 0,
            2 => -1e6 * random.NextDouble(),
            _ => random.NextDouble(),
        };
        return new(
            value, Math.Max(random.NextDouble(), 1e-100), random.Next(20) == 0 ? double.NaN : value * 3,
            random.Next(20) == 0 ? double.NaN : value - 0.5, random.Next(50) == 0 ? random.Next(100) : 0,
            random.NextDouble());
    }

    private static AnomalyTracker Revived(AnomalyTracker tracker)
    {
        AnomalyTracker read = default;
        var reader = new StateReader(Bytes(tracker));
        read.ReadFrom(ref reader);
        reader.End();
        return read;
    }

    private static byte[] Bytes(AnomalyTracker tracker)
    {
        var buffer = new ArrayBufferWriter<byte>();
        tracker.WriteTo(new StateWriter(buffer));
        return buffer.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Raw(ref AnomalyTracker tracker) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref tracker, 1));

    /// <summary>Bytes of all fields, without what lies between them.</summary>
    private static int SizeOf(Type type)
    {
        if (type.IsPrimitive)
        {
            return type == typeof(int) || type == typeof(float) ? sizeof(int) : sizeof(long);
        }

        int times = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1;
        return times * type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Sum(field => SizeOf(field.FieldType));
    }
}
