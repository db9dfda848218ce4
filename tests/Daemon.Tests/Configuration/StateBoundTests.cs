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
    [InlineData("0", true)]
    [InlineData("2000000", false)]
    [InlineData("200000000", true)]
    public void Check_FullPartition_MustFit(string bound, bool fits)
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            Sources.Broker, ("Pipeline:MaxSeriesPerPartition", "1000"), ("Pipeline:MaxStateBytes", bound)));

        Assert.Equal(fits ? [] : ["Pipeline:MaxStateBytes"], result.Errors.Select(error => error.Key));
    }

    [Fact]
    public void Check_LargestRule_Counts()
    {
        ConfigurationResult result = ConfigurationLoader.Load(Sources.Request(
            Sources.Broker, ("Pipeline:MaxSeriesPerPartition", "1000"), ("Pipeline:MaxStateBytes", "20000000"),
            ("Rules:0:Select", "long*"), ("Rules:0:WindowSteps", "65536")));

        Assert.Contains("lower the one to 3", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }
}
