using Streaming.Daemon.State;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Daemon.Tests.State;

/// <summary>Which settings of a series make its state unreadable, and which do not.</summary>
public sealed class SeriesFormTests
{
    private static readonly SeriesProfile Profile = new() { StepTicks = TimeSpan.TicksPerMinute, SeasonSteps = 60 };

    [Fact]
    public void Of_EachSettingThatMeansAnotherState_IsAnother()
    {
        SeriesProfile[] others =
        [
            Profile with { StepTicks = 0 },
            Profile with { Zone = new("Europe/Berlin", [], [0]) },
            Profile with { Aggregate = Aggregate.Max },
            Profile with { Kind = ValueKind.Delta },
            Profile with { SeasonSteps = 61 },
            Profile with { WindowSteps = 671 },
            Profile with { Experts = ExpertProfile.Scale },
        ];

        Assert.Equal(others.Length + 1, others.Append(Profile).Select(other => SeriesForm.Of(other, [])).Distinct().Count());
    }

    [Fact]
    public void Of_AnotherGroup_IsAnother()
    {
        string[][] groups = [[], ["a", "b"], ["b", "a"], ["ab", "c"], ["a", "bc"], ["a", "b", "c"]];

        Assert.Equal(groups.Length, groups.Select(members => SeriesForm.Of(Profile, members)).Distinct().Count());
    }

    [Fact]
    public void Of_SettingsThatAStateGoesOnUnder_IsTheSame()
    {
        SeriesProfile other = Profile with
        {
            GraceTicks = 1,
            MaxSkewTicks = 2,
            MaxFutureTicks = 3,
            MaxGapSteps = 4,
            Gap = FillKind.Model,
            SilenceSteps = 5,
            IdleTicks = 6,
            Holidays = [new(2026, 12, 25)],
            Minimum = 0,
            Maximum = 1,
        };

        Assert.Equal(SeriesForm.Of(Profile, []), SeriesForm.Of(other, []));
    }
}
