using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class LabelFileTests
{
    [Fact]
    public void Read_GoodFile_ReturnsWindowsBySeries()
    {
        using var file = new TemporaryFile(
            """{"real/a.csv":[["2014-02-26 13:45:00.000000","2014-02-27 06:25:00.500000"]],"real/b.csv":[]}""");

        IReadOnlyDictionary<string, IReadOnlyList<LabelledWindow>> labels = LabelFile.Read(file.Path);

        LabelledWindow window = Assert.Single(labels["a"]);
        Assert.Equal(new DateTime(2014, 2, 26, 13, 45, 0, DateTimeKind.Utc), window.From);
        Assert.Equal(new DateTime(2014, 2, 27, 6, 25, 0, 500, DateTimeKind.Utc), window.To);
        Assert.Empty(labels["b"]);
    }

    [Theory]
    [InlineData("{\n\"a.csv\":[", ", line 2: ")]
    [InlineData("""{"a.csv":[["2014-02-26 13:45:00"]]}""", ", entry 'a.csv': expected a window")]
    [InlineData("""{"a.csv":[["2014-02-26 13:45:00","soon"]]}""", "found [2014-02-26 13:45:00, soon]")]
    [InlineData("""{"a.csv":[["2014-02-26 13:45:00","2014-02-26 13:44:00"]]}""", "expected a window [from, to]")]
    [InlineData("""{"a.csv":[null]}""", "found []")]
    [InlineData("""{"a.csv":null}""", ", entry 'a.csv': expected a list of windows")]
    public void Read_BadFile_NamesFileEntryAndFault(string text, string fault)
    {
        using var file = new TemporaryFile(text);

        var thrown = Assert.Throws<InvalidDataException>(() => LabelFile.Read(file.Path));

        Assert.StartsWith(file.Path, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }
}
