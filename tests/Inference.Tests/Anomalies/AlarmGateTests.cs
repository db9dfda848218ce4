using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class AlarmGateTests
{
    private const double Threshold = 0.9995;
    private const double Odd = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(200)]
    public void Judge_AfterAnAlarm_IsQuietForExactlyTheRefractorySteps(int refractory)
    {
        var gate = new AlarmGate();
        Assert.Equal(AnomalyKind.Spike, gate.Judge(Odd, 0, 0, Threshold, refractory));
        for (int i = 0; i < refractory; i++)
        {
            Assert.Equal(AnomalyKind.None, gate.Judge(Odd, 0, 0, Threshold, refractory));
        }

        Assert.Equal(AnomalyKind.Spike, gate.Judge(Odd, 0, 0, Threshold, refractory));
    }

    [Fact]
    public void Judge_Exceeded_AlarmsAllTheSame()
    {
        var gate = new AlarmGate();

        Assert.Equal(AnomalyKind.Spike, gate.Judge(Odd, 0, 0, Threshold, 100));
        Assert.Equal(AnomalyKind.None, gate.Judge(Odd - 1, 0, 0, Threshold, 100));
        Assert.Equal(AnomalyKind.Spike, gate.Judge(Odd + 1, 0, 0, Threshold, 100));
        Assert.Equal(AnomalyKind.None, gate.Judge(Odd, 0, 0, Threshold, 100));
    }

    [Fact]
    public void Judge_SpikeThatStays_IsToldAsALevelShiftOnce()
    {
        var gate = new AlarmGate();
        AnomalyKind[] kinds =
            [.. Enumerable.Range(0, 20).Select(i => gate.Judge(i < 3 ? Odd : 0, i >= 5 ? Odd : 0, 0, Threshold, 100))];

        Assert.Equal([(0, AnomalyKind.Spike), (5, AnomalyKind.LevelShift)],
            kinds.Index().Where(one => one.Item != AnomalyKind.None));
        Assert.Equal(AnomalyKind.None, gate.Judge(Odd, 0, 0, Threshold, 100));
    }

    [Fact]
    public void Judge_Gap_IsToldFirstAndKeepsNothingElseQuiet()
    {
        var gate = new AlarmGate();

        Assert.Equal(AnomalyKind.Gap, gate.Judge(0, 0, Odd, Threshold, 100));
        Assert.Equal(AnomalyKind.None, gate.Judge(0, 0, Odd, Threshold, 100));
        Assert.Equal(AnomalyKind.Spike, gate.Judge(Odd, 0, 0, Threshold, 100));
    }

    /// <summary>Whatever a series does, in any run of n values there are at most 3 alarms and one for each refractory
    /// time.</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 50)]
    [InlineData(3, 120)]
    public void Judge_AnySurprises_AlarmsAreBounded(int seed, int refractory)
    {
        var random = new Random(seed);
        var gate = new AlarmGate();
        double rising = 8;
        var alarms = new List<int>();
        for (int i = 0; i < 20_000; i++)
        {
            rising = random.Next(500) == 0 ? 8 : rising * 1.001;
            double surprise = random.Next(3) == 0 ? 0 : rising * (0.9 + (0.2 * random.NextDouble()));
            AnomalyKind kind = random.Next(3) switch
            {
                0 => gate.Judge(surprise, 0, 0, Threshold, refractory),
                1 => gate.Judge(0, surprise, 0, Threshold, refractory),
                _ => gate.Judge(0, 0, surprise, Threshold, refractory),
            };
            if (kind != AnomalyKind.None)
            {
                alarms.Add(i);
            }
        }

        Assert.True(alarms.Count > 20_000 / refractory / 2);
        for (int a = 0; a < alarms.Count; a++)
        {
            for (int b = a; b < alarms.Count; b++)
            {
                Assert.True(b - a + 1 <= 3 + ((alarms[b] - alarms[a]) / refractory));
            }
        }
    }
}
