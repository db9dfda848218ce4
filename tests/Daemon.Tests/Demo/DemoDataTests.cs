using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class DemoDataTests
{
    [Fact]
    public void Read_BundledFolder_HoldsEighteenLabelledStreams()
    {
        IReadOnlyList<DemoStream> streams = DemoData.Read(DemoData.BundledFolder);

        Assert.Equal(18, streams.Count);
        Assert.Equal(78_060, streams.Sum(stream => stream.Rows.Count));
        Assert.Equal(35, streams.Sum(stream => stream.Windows.Count));
        Assert.Equal(10_320, Assert.Single(streams, stream => stream.Series == DemoConfiguration.Taxi).Rows.Count);
        Assert.Equal(streams.OrderBy(stream => stream.Series, StringComparer.Ordinal), streams);
    }

    [Fact]
    public void Read_BundledFolder_FitsTheConfiguredCadences()
    {
        foreach (DemoStream stream in DemoData.Read(DemoData.BundledFolder))
        {
            Cadence cadence = DemoConfiguration.CadenceOf(stream.Series);
            long[] steps = [.. stream.Rows.Select(row => cadence.StepOf(row.Time))];
            long[] moves = [.. steps.Zip(steps.Skip(1), (from, to) => to - from)];

            Assert.All(moves, move => Assert.InRange(move, 0, 13));
            Assert.True(moves.Count(move => move == 1) >= 0.99 * moves.Length, stream.Series);
        }
    }

    [Fact]
    public void BundledFolder_CarriesTheLicence()
    {
        Assert.Contains(
            "Numenta", File.ReadAllText(Path.Combine(DemoData.BundledFolder, "LICENSE.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderWithoutStreams_NamesIt()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        File.WriteAllText(Path.Combine(folder.FullName, "combined_windows.json"), "{}");

        var thrown = Assert.Throws<InvalidDataException>(() => DemoData.Read(folder.FullName));

        Assert.Contains(folder.FullName, thrown.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
