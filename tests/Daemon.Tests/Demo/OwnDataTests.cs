using Daemon.Tests.Configuration;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Demo;
using Streaming.Daemon.Pretraining;

namespace Daemon.Tests.Demo;

/// <summary>Files of the user's own: what is replayed, and under which settings.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_OneFileWithOneColumn_IsCalledAfterTheFileAndTakesItsSpacingForTheStep()
    {
        string file = folder.Write("pump.csv", "timestamp,flow\n2026-01-01 00:00,1\n2026-01-01 00:05,\n2026-01-01 00:10,3\n2026-01-01 00:15,4");

        DemoPlan plan = new OwnData(new()).Read([file]);

        DemoStream stream = Assert.Single(plan.Streams);
        Assert.Equal("pump", stream.Series);
        Assert.Equal([1, 3, 4], stream.Rows.Select(row => row.Value)); // a missing value is no row
        Assert.Equal(new Cadence(TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)), plan.CadenceOf("pump"));
    }

    [Fact]
    public void Read_FilesOfOtherSteps_GetRulesOfTheirOwn()
    {
        string fast = folder.Write("fast.csv", "date,a,b\n2026-01-01 00:00,1,2\n2026-01-01 00:01,1,2");
        string slow = folder.Write("slow.csv", "series,time,value\nx,2026-01-01,1\nx,2026-01-02,1\ny,2026-01-01,5");

        DemoPlan plan = new OwnData(new()).Read([fast, slow]);

        Assert.Equal(["fast/a", "fast/b", "slow/x", "slow/y"], plan.Streams.Select(stream => stream.Series));
        Assert.Equal(TimeSpan.FromMinutes(1), plan.CadenceOf("fast/b").Step);
        Assert.Equal(TimeSpan.FromDays(1), plan.CadenceOf("slow/y").Step);
        Assert.Equal(1, plan.CadenceOf("slow/y").SeasonSteps); // no season: persistence stands in for it
    }

    /// <summary>Two days of minutes are looked back on, so that a day can be a season.</summary>
    [Theory]
    [InlineData("00:00:00", 1)]
    [InlineData("01:00:00", 60)]
    [InlineData(null, 1_440)]
    public void Read_Season_IsTheOneNamedOrADay(string? season, int expected)
    {
        string file = folder.Write("a.csv", "time,value\n2026-01-01 00:00,1\n2026-01-01 00:01,1");
        var options = new OwnDataOptions
        {
            Season = season is null ? null : TimeSpan.Parse(season, System.Globalization.CultureInfo.InvariantCulture),
        };

        Assert.Equal(expected, new OwnData(options).Read([file]).CadenceOf("a").SeasonSteps);
    }

    [Theory]
    [InlineData("time,value\n2026-01-01,1", "name it with --step")]
    [InlineData("time,value\n2026-01-01,\n2026-01-02,NaN", "nothing to forecast")]
    public void Read_NothingToReplay_SaysWhy(string content, string expected)
    {
        string file = folder.Write("a.csv", content);

        var thrown = Assert.Throws<InputErrorException>(() => new OwnData(new()).Read([file]));

        Assert.Contains(expected, Assert.Single(thrown.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoFilesOfOneName_AreRefused()
    {
        string first = folder.Write("a.csv", "time,value\n2026-01-01,1\n2026-01-02,1");
        Directory.CreateDirectory(Path.Combine(folder.Path, "b"));
        string second = folder.Write(Path.Combine("b", "a.csv"), "time,value\n2026-01-01,1\n2026-01-02,1");

        var thrown = Assert.Throws<InputErrorException>(() => new OwnData(new()).Read([first, second]));

        Assert.Contains("'a'", Assert.Single(thrown.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Adjust_AnyFiles_GivesAConfigurationThatIsValid()
    {
        string file = folder.Write("a.csv", "V1,V2,V3\nH1,5,6\nH2,7,8");

        ForecasterOptions options = new OwnData(new()).Read([file]).Adjust(DemoConfiguration.Create("127.0.0.1:1", port: 0));

        Assert.Empty(ConfigurationValidator.Validate(options));
        Assert.Equal("01:00:00", options.Series.Step);
        Assert.True(options.Model.Pretrained);
    }

    [Theory]
    [InlineData(100, 20)]
    [InlineData(57_000, 1_000)]
    public void StepsPerSecond_AnyLength_EndsInAboutAMinuteOrSooner(int rows, double expected)
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var stream = new DemoStream("a", [.. Enumerable.Range(0, rows).Select(n => new DemoRow(start.AddHours(n), n))], []);

        Assert.Equal(expected, new DemoPlan([stream], options => options, _ => default).StepsPerSecond);
    }
}
