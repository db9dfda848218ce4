using Streaming.Daemon.Datasets;
using Streaming.Training.Preparation;

namespace Daemon.Tests.Datasets;

public sealed class CsvFileTests : IDisposable
{
    private static readonly long Start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}-power.csv");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Read_LongFile_GroupsBySeriesAndSortsByTime()
    {
        IReadOnlyList<RawSeries> series = Read("""
            value,series,timestamp
            2,a,2024-01-01 01:00:00
            7,b,2024-01-01T00:00:00Z
            1,a,2024-01-01
            ,a,1704078000
            """);

        Assert.Equal(["a", "b"], series.Select(s => s.Id));
        Assert.Equal([Start, Start + Hours(1), Start + Hours(3)], series[0].TimeTicks);
        Assert.Equal([1, 2, double.NaN], series[0].Values);
        Assert.NotEqual(series[0].Hash, series[1].Hash);
    }

    [Theory]
    [InlineData("time,a,b,a\n2024-01-01,1,2,3\n", "line 1: 2 columns are named 'a'; each series needs a name of its own.")]
    [InlineData("id,v1\nx,1,2\ny,1,2\nx,1,2\n", "line 4: the series 'x' has a line above; each needs an id of its own.")]
    public void Read_TwoSeriesOfOneName_SaysSo(string text, string expected)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.Equal($"{path}, {expected}", error.Message);
    }

    [Theory]
    [InlineData("date,x,y\n1/1/2024 0:00,1,3\n1/1/2024 1:00,2,NA\n")]
    [InlineData("x,Time,\"y\"\n1,2024-01-01 00:00:00,3\n2,2024-01-01 01:00:00,nan\n")]
    public void Read_WideFile_HasASeriesAColumn(string text)
    {
        IReadOnlyList<RawSeries> series = Read(text);

        Assert.Equal(["x", "y"], series.Select(s => s.Id));
        Assert.Equal([Start, Start + Hours(1)], series[1].TimeTicks);
        Assert.Equal([3, double.NaN], series[1].Values);
    }

    [Fact]
    public void Read_WideFileOfOneSeries_NamesItAfterTheFile() =>
        Assert.EndsWith("-power", Assert.Single(Read("timestamp,value\n2024-01-01,1\n")).Id, StringComparison.Ordinal);

    [Fact]
    public void Read_FileOfRows_DropsPaddingButKeepsGaps()
    {
        IReadOnlyList<RawSeries> series = Read("V1,V2,V3,V4\nH1,1,,3\nH2,4,,\n", new() { StepTicks = Hours(2) });

        Assert.Equal([1, double.NaN, 3], series[0].Values);
        Assert.Equal([0, Hours(2), Hours(4)], series[0].TimeTicks.Select(t => t - series[0].TimeTicks[0]));
        Assert.Equal([4], series[1].Values);
    }

    /// <summary>Whose header says something else than was meant is told what it was taken for.</summary>
    [Theory]
    [InlineData("sensor,ts,reading\na,2026-01-01,5\n", "taken to have a series a line; --time-column")]
    [InlineData("time,temp,site\n2026-01-01,5,Berlin\n", "taken to have a series a column; --time-column")]
    public void Read_AFieldThatIsNoNumber_SaysWhatTheFileWasTakenFor(string text, string expected)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no line")]
    [InlineData("time,x\n", "no line")]
    [InlineData("time,x\n2024-01-01,1,2\n", "line 2: expected 2 fields as in the header, found 3")]
    [InlineData("time,x\n2024-01-01,one\n", "line 2: expected a number in field 2, found 'one'")]
    [InlineData("time,x\n2024-01-01,1\nyesterday,1\n", "line 3: expected a time in field 1, found 'yesterday'")]
    public void Read_BadFile_NamesFileLineAndFault(string text, string fault)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(text));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)CsvLayout.Long)]
    [InlineData((int)CsvLayout.Auto)]
    public void Read_ColumnThatIsNotThere_NamesItAndWhatIsThere(int layout)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => Read("id,t,v\na,1,2\n", new() { Layout = (CsvLayout)layout, TimeColumn = "when" }));

        Assert.Contains("needs a column named when, found id, t, v", error.Message, StringComparison.Ordinal);
    }

    private static long Hours(int hours) => hours * TimeSpan.TicksPerHour;

    private IReadOnlyList<RawSeries> Read(string text, CsvOptions? options = null)
    {
        File.WriteAllText(path, text);
        return CsvFile.Read(path, options ?? new());
    }
}
