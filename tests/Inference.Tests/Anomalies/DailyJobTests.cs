using Inference.Tests.Series;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Inference.Tests.Anomalies;

/// <summary>A job that runs every night is told once or twice, not every night; something else is still told.</summary>
public sealed class DailyJobTests
{
    private const int Day = 96;
    private const int Days = 40;
    private const int Settled = 10 * Day;
    private const int Lone = (30 * Day) + 60;

    private static readonly ForecasterSettings Settings = Partition.SmallSettings with { Horizons = [1, 6, 24] };

    /// <summary>Start of the job, steps it takes, how much its start and its height vary.</summary>
    public static TheoryData<int, int, int, double> Jobs => new()
    {
        { 10, 1, 0, 0.1 },
        { 10, 2, 1, 0.2 },
        { 10, 4, 1, 0.3 },
        { 10, 1, 3, 0.2 },
        { 94, 3, 1, 0.2 }, // over midnight
    };

    [Theory]
    [MemberData(nameof(Jobs))]
    public void Step_JobEveryDay_DoesNotAlarmEveryDay(int start, int steps, int jitter, double variation)
    {
        int alarms = 0, lone = 0;
        const int Seeds = 4;
        for (int seed = 0; seed < Seeds; seed++)
        {
            AnomalyKind[] kinds = Run(Stream(seed, start, steps, jitter, variation));
            alarms += kinds.Index().Count(one => one.Index >= Settled && one.Item != AnomalyKind.None);
            lone += kinds[Lone] != AnomalyKind.None ? 1 : 0;
        }

        Assert.Equal(Seeds, lone);
        Assert.InRange(alarms - lone, 0, Seeds * (Days - 10) / 8);
    }

    private static double[] Stream(int seed, int start, int steps, int jitter, double variation)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, Days * Day).Select(_ => 10 + random.NextDouble())];
        for (int day = 0; day < Days; day++)
        {
            int at = (day * Day) + start + random.Next(-jitter, jitter + 1);
            double height = 20 * (1 + (variation * ((2 * random.NextDouble()) - 1)));
            for (int i = at; i < Math.Min(at + steps, values.Length); i++)
            {
                values[i] += height;
            }
        }

        values[Lone] += 50;
        return values;
    }

    private static AnomalyKind[] Run(double[] values)
    {
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerMinute * 15,
            SeasonSteps = Day,
            WindowSteps = 3 * Day,
        };
        var partition = new Partition([profile], Settings, Partition.LivelyModel(Settings, seed: 1, range: 0.01f));
        for (int i = 0; i < values.Length; i++)
        {
            partition.Offer(new(0, RandomStream.Start + (i * profile.StepTicks), values[i]));
            partition.StepWaves();
            partition.Note();
        }

        return [.. partition.Results[0].Select(result => result.Alarm), AnomalyKind.None];
    }
}
