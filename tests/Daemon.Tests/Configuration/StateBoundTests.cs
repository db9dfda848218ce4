using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Tests.Documentation;

namespace Daemon.Tests.Configuration;

public sealed class StateBoundTests
{
    /// <summary>Bytes of a series by default.</summary>
    private static readonly long Each = StateBound.BytesPerSeries(Sources.Options());

    public static TheoryData<string[]> Documented =>
        [.. Readme.TableOf("memory.md", "| step | profile | window | horizons | hidden | layers | bytes a series |")];

    [Theory]
    [MemberData(nameof(Documented))]
    public void BytesPerSeries_DocumentedConfigurations_AreWhatTheDocumentSays(string[] cells)
    {
        ForecasterOptions options = Sources.Options(
            ("Series:Step", cells[0]), ("Series:Profile", cells[1]), ("Series:WindowSteps", cells[2]),
            ("Model:Horizons", cells[3]), ("Model:Hidden", cells[4]), ("Model:Layers", cells[5]));

        Assert.Equal(
            long.Parse(cells[6], NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
            StateBound.BytesPerSeries(options));
    }

    [Theory]
    [InlineData(0, "1", 1_000, "MaxSeriesPerPartition")]
    [InlineData(2_000, "1", 1_000, "MaxSeriesPerPartition")] // more than these need
    [InlineData(62.5, "1", 62, "MaxStateBytes")]
    [InlineData(62.5, "3", 20, "MaxStateBytes")]
    [InlineData(1, "1", 1, "MaxStateBytes")]
    public void RoomOf_Partition_IsItsShareInSeriesOfTheFormula(
        double boundSeries, string partitions, int series, string limit)
    {
        string bound = Text((long)(boundSeries * Each));
        ForecasterOptions options = Sources.Options(
            ("Pipeline:MaxSeriesPerPartition", "1000"), ("Pipeline:MaxStateBytes", bound),
            ("Pipeline:MaxPartitions", partitions));

        SeriesRoom room = StateBound.RoomOf(options);

        Assert.Equal((series, series * StateBound.BytesPerSeries(options)), (room.Series, room.Bytes));
        Assert.StartsWith($"Pipeline:{limit}", room.Limit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Check_ShareTooSmallForOneSeries_IsAnError(int partitions)
    {
        string bound = Text((partitions * Each) - 1);
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            Sources.Broker, ("Pipeline:MaxStateBytes", bound), ("Pipeline:MaxPartitions", Text(partitions))));

        Assert.Equal("Pipeline:MaxStateBytes", Assert.Single(result.Errors).Key);
    }

    [Fact]
    public void RoomOf_LargestRule_Counts() => Assert.Equal(3, StateBound.RoomOf(Sources.Options(
        ("Pipeline:MaxStateBytes", "2000000"), ("Rules:0:Select", "long*"), ("Rules:0:WindowSteps", "65536"))).Series);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
