using System.Text;
using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class CsvDecoderTests
{
    private const string Time = "2023-11-14T22:13:20";

    private static readonly InputOptions options = new() { Format = InputFormat.Csv };

    public static TheoryData<string, string[]> Accepted => new()
    {
        { "cpu,2023-11-14T22:13:20Z,91.2", [$"cpu {Time} 91.2"] },
        { "\uFEFFseries,time,value\r\n a , 1700000000 , -1e3 \r\n\r\nb,1700000000,2\n", [$"a {Time} -1000", $"b {Time} 2"] },
        { "\"a,\"\"b\"\"\",\"2023-11-14 22:13:20\",\"3\"\r\nb,1700000000,4,more", [$"a,\"b\" {Time} 3", $"b {Time} 4"] },
        { "\"two\nlines\",1700000000,1", [$"two\nlines {Time} 1"] },
        { "\n\n", [] },
    };

    [Theory, MemberData(nameof(Accepted))]
    public void Decode_GoodLines_ReadsThem(string lines, string[] expected)
    {
        var decoded = DecodedText.Of(lines, options);

        Assert.Equal("none", decoded.Reason);
        Assert.Equal(expected, decoded.Observations);
    }

    [Theory]
    [InlineData("bad-line", "cpu,1700000000")]
    [InlineData("bad-line", "\"cpu\"x,1700000000,1")]
    [InlineData("bad-line", "a,1700000000,\"1\"x")]
    [InlineData("empty-series", ",1700000000,1")]
    [InlineData("missing-time", "a,,1")]
    [InlineData("bad-time", "a,yesterday,1")]
    [InlineData("missing-value", "a,1700000000,")]
    [InlineData("bad-value", "a,1700000000,x")]
    [InlineData("not-finite", "a,1700000000,NaN")]
    public void Decode_BadLine_SaysWhyAndTakesTheOthers(string expected, string line)
    {
        var decoded = DecodedText.Of(line + "\ngood,1700000000,1", options);

        Assert.Equal([$"good {Time} 1"], decoded.Observations);
        Assert.Equal(expected, decoded.Reason);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    [InlineData("\"a\"\"")]
    [InlineData("\"a,1700000000,1")]
    public void Decode_QuotesWithoutEnd_AreRefused(string field)
    {
        var decoded = DecodedText.Of($"good,1700000000,1\na,1700000000,{field}", options);

        Assert.Equal([$"good {Time} 1"], decoded.Observations);
        Assert.Equal("bad-line", decoded.Reason);
    }

    [Fact]
    public void Decode_ColumnsByNameAndNumber_AreFound()
    {
        var named = new InputOptions
        {
            Format = InputFormat.Csv,
            SeriesPath = "host",
            TimePath = "1",
            ValuePath = "temp",
            Csv = new() { Columns = ["when", "temp", "x", "host"], Separator = ";" },
        };

        Assert.Equal([$"a {Time} 20.5"], DecodedText.Of("when;temp;x;host\n1700000000;20.5;,;a", named).Observations);
    }

    [Fact]
    public void Decode_QuotedFields_AreReadBack()
    {
        Gen.OneOf("a", "\"", ",", "\n", "\r", " ").Array[1, 5].Select(parts => string.Concat(parts)).Sample(id =>
        {
            string line = $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\",1700000000,1\n";

            var decoded = DecodedText.Of(line + line, options);

            Assert.Equal("none", decoded.Reason);
            Assert.Equal([$"{id} {Time} 1", $"{id} {Time} 1"], decoded.Observations);
        }, iter: 5_000);
    }

    [Fact]
    public void Decode_Warm_AllocatesNothing()
    {
        byte[] record = Encoding.UTF8.GetBytes("series,time,value\na,1700000000,1\n\"b\"\"\",2023-11-14,2\nbad\n,,");
        var decoder = new RecordDecoder(options);

        Assert.Equal(0, Allocation.Least(() => decoder.Decode(new() { Value = record })));
    }

    [Theory]
    [InlineData("SeriesPath", "id")]
    [InlineData("TimePath", "0")]
    [InlineData("ValuePath", "4")]
    public void Validate_PathOfNoColumn_IsAnError(string name, string value)
    {
        InputOptions input = options with { };
        typeof(InputOptions).GetProperty(name)!.SetValue(input, value);

        ConfigurationError error = Assert.Single(ConfigurationValidator.Section(input, "Input"));

        Assert.Equal($"Input:{name}", error.Key);
    }
}
