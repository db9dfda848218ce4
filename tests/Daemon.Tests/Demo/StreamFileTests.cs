using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class StreamFileTests
{
    [Fact]
    public void Read_GoodFile_ReturnsRowsInFileOrder()
    {
        using var file = new TemporaryFile("timestamp,value\n2014-07-01 00:30:00,10844\n2014-07-01 00:00:00,-1.5e3\n");

        IReadOnlyList<DemoRow> rows = StreamFile.Read(file.Path);

        Assert.Equal(
            [new(Utc(2014, 7, 1, 0, 30), 10_844), new(Utc(2014, 7, 1, 0, 0), -1_500)], rows);
        Assert.All(rows, row => Assert.Equal(DateTimeKind.Utc, row.Time.Kind));
    }

    [Theory]
    [InlineData("", 1, "no row after the header")]
    [InlineData("timestamp,value\n", 1, "no row after the header")]
    [InlineData("time,value\n2014-07-01 00:00:00,1\n", 1, "expected the header 'timestamp,value', found 'time,value'")]
    [InlineData("timestamp,value\n2014-07-01 00:00:00,1\n2014-07-01 00:30:00\n", 3, "expected two fields, found 1")]
    [InlineData("timestamp,value\n2014-07-01 00:00:00,1,2\n", 2, "expected two fields, found 3")]
    [InlineData("timestamp,value\n01.07.2014,1\n", 2, "expected a time as yyyy-MM-dd HH:mm:ss, found '01.07.2014'")]
    [InlineData("timestamp,value\n2014-07-01 00:00:00,NaN\n", 2, "expected a finite number, found 'NaN'")]
    [InlineData("timestamp,value\n2014-07-01 00:00:00,1e999\n", 2, "expected a finite number, found '1e999'")]
    public void Read_BadLine_NamesFileLineAndFault(string text, int line, string fault)
    {
        using var file = new TemporaryFile(text);

        var thrown = Assert.Throws<InvalidDataException>(() => StreamFile.Read(file.Path));

        Assert.StartsWith($"{file.Path}, line {line}: {fault}", thrown.Message, StringComparison.Ordinal);
    }

    private static DateTime Utc(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
