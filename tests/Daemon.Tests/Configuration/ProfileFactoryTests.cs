using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Daemon.Tests.Configuration;

public sealed class ProfileFactoryTests
{
    [Theory]
    [InlineData("00:05:00", null, null, 672, 288)] // a day by default
    [InlineData("00:01:00", null, null, 1440, 0)] // a day does not fit: the season ago is one step further
    [InlineData("00:01:00", null, null, 1441, 1440)]
    [InlineData("1.00:00:00", null, null, 672, 0)] // a day is one step
    [InlineData("00:07:00", null, null, 672, 206)] // 205.7
    [InlineData("01:00:00", "7.00:00:00", null, 672, 168)]
    [InlineData("01:00:00", "7.00:00:00", 24, 672, 24)]
    [InlineData("01:00:00", "00:00:00", null, 672, 0)]
    [InlineData("01:00:00", null, 0, 672, 0)]
    [InlineData("event", "1.00:00:00", null, 672, 0)]
    [InlineData("event", null, 12, 672, 12)]
    public void Create_Season_InSteps(string step, string? season, int? seasonSteps, int window, int expected)
    {
        var options = new SeriesOptions
        {
            Step = step,
            Season = season is null ? null : TimeSpan.Parse(season, null),
            SeasonSteps = seasonSteps,
            WindowSteps = window,
        };

        Assert.Equal(expected, ProfileFactory.Create(options).SeasonSteps);
    }

    [Fact]
    public void Create_EverySetting_ReachesTheProfile()
    {
        SeriesProfile profile = ProfileFactory.Create(new()
        {
            Step = "00:00:10",
            Aggregate = Aggregate.Sum,
            Grace = TimeSpan.FromSeconds(3),
            MaxSkew = TimeSpan.FromSeconds(5),
            MaxGapSteps = 7,
            Minimum = -1.5,
            Maximum = 2,
            SeasonSteps = 60,
            WindowSteps = 120,
        });

        Assert.Equal(
            new SeriesProfile
            {
                StepTicks = 100_000_000,
                Aggregate = Aggregate.Sum,
                GraceTicks = 30_000_000,
                MaxSkewTicks = 50_000_000,
                MaxGapSteps = 7,
                Minimum = -1.5,
                Maximum = 2,
                SeasonSteps = 60,
                WindowSteps = 120,
            },
            profile with { Holidays = [] });
    }

    [Fact]
    public void Create_Holidays_AreSortedAndFoundByTheDay()
    {
        DateOnly christmas = new(2026, 12, 25), newYear = new(2027, 1, 1);

        SeriesProfile profile = ProfileFactory.Create(new() { Holidays = [newYear, christmas, newYear] });

        Assert.Equal([christmas, newYear], profile.Holidays.AsEnumerable());
        Assert.True(profile.IsHoliday(new DateTime(2026, 12, 25, 23, 59, 59).Ticks));
        Assert.True(profile.IsHoliday(new DateTime(2027, 1, 1).Ticks));
        Assert.False(profile.IsHoliday(new DateTime(2026, 12, 26).Ticks));
        Assert.False(profile.IsHoliday(new DateTime(2026, 12, 24, 23, 59, 59).Ticks));
    }

    [Fact]
    public void Create_AnySettings_AgreesWithValidation()
    {
        var random = new Random(17);
        int valid = 0;
        for (int i = 0; i < 5_000; i++)
        {
            var options = new SeriesOptions
            {
                Step = random.Next(4) == 0 ? "event" : TimeSpan.FromSeconds(random.Next(1, 4_000)).ToString(),
                Season = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(200_000)),
                SeasonSteps = random.Next(3) == 0 ? random.Next(1_000) : null,
                WindowSteps = random.Next(8, 1_000),
            };
            bool isValid = !ConfigurationValidator.Section(options, "").Any();
            if (!isValid)
            {
                continue;
            }

            valid++;
            SeriesProfile profile = ProfileFactory.Create(options);
            Assert.InRange(profile.SeasonSteps, 0, profile.WindowSteps);
            Assert.NotEqual(1, profile.SeasonSteps);
        }

        Assert.InRange(valid, 1_000, 4_999);
    }

    [Fact]
    public void Create_NotValidated_Throws()
    {
        Assert.Throws<ArgumentException>(() => ProfileFactory.Create(new() { Step = "soon" }));
        Assert.Throws<ArgumentException>(() => ProfileFactory.Create(new() { SeasonSteps = 700 }));
    }
}
