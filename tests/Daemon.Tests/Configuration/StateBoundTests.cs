using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Tests.Documentation;

namespace Daemon.Tests.Configuration;

public sealed class StateBoundTests
{
    public static TheoryData<string[]> Documented =>
        [.. Readme.TableOf("memory.md", "| step | window | horizons | hidden | layers | bytes a series |")];

    [Theory]
    [MemberData(nameof(Documented))]
    public void BytesPerSeries_DocumentedConfigurations_AreWhatTheDocumentSays(string[] cells)
    {
        ForecasterOptions options = Sources.Options(
            ("Series:Step", cells[0]), ("Series:WindowSteps", cells[1]), ("Model:Horizons", cells[2]),
            ("Model:Hidden", cells[3]), ("Model:Layers", cells[4]));

        Assert.Equal(
            long.Parse(cells[5], NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
            StateBound.BytesPerSeries(options));
    }

    [Theory]
    [InlineData("0", "1", 1_000, "MaxSeriesPerPartition")]
    [InlineData("100000000", "1", 1_000, "MaxSeriesPerPartition")] // more than these need
    [InlineData("1000000", "1", 62, "MaxStateBytes")] // of 16,040 bytes each
    [InlineData("1000000", "3", 20, "MaxStateBytes")]
    [InlineData("16040", "1", 1, "MaxStateBytes")]
    public void RoomOf_Partition_IsItsShareInSeriesOfTheFormula(string bound, string partitions, int series, string limit)
    {
        ForecasterOptions options = Sources.Options(
            ("Pipeline:MaxSeriesPerPartition", "1000"), ("Pipeline:MaxStateBytes", bound),
            ("Pipeline:MaxPartitions", partitions));

        SeriesRoom room = StateBound.RoomOf(options);

        Assert.Equal((series, series * StateBound.BytesPerSeries(options)), (room.Series, room.Bytes));
        Assert.StartsWith($"Pipeline:{limit}", room.Limit, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16039", "1")]
    [InlineData("32079", "2")]
    public void Check_ShareTooSmallForOneSeries_IsAnError(string bound, string partitions)
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            Sources.Broker, ("Pipeline:MaxStateBytes", bound), ("Pipeline:MaxPartitions", partitions)));

        Assert.Equal("Pipeline:MaxStateBytes", Assert.Single(result.Errors).Key);
    }

    [Fact]
    public void RoomOf_LargestRule_Counts() => Assert.Equal(3, StateBound.RoomOf(Sources.Options(
        ("Pipeline:MaxStateBytes", "2000000"), ("Rules:0:Select", "long*"), ("Rules:0:WindowSteps", "65536"))).Series);
}
