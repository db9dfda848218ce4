using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Daemon.Tests.Decoding;

/// <summary>Values that come with an observation, in the formats that can carry them.</summary>
public sealed class CovariateTests
{
    private const double None = double.NaN;

    private static readonly InputOptions options = new()
    {
        Covariates = ["temp", "open=door.open"],
        Csv = new() { Columns = ["series", "time", "value", "temp", "door.open"] },
    };

    [Theory]
    [InlineData("""{"series":"a","time":1700000000,"value":1,"temp":20.5,"door":{"open":true}}""", 20.5, 1)]
    [InlineData("""{"temp":"-3","door":{"open":0},"series":"a","time":1700000000,"value":1}""", -3, 0)]
    [InlineData("""{"series":"a","time":1700000000,"value":1}""", None, None)]
    [InlineData("""{"series":"a","time":1700000000,"value":1,"temp":null,"door":5}""", None, None)]
    [InlineData("""{"series":"a","time":1700000000,"value":1,"temp":"warm","door":{"open":[1]}}""", None, None)]
    [InlineData("""{"series":"a","time":1700000000,"value":1,"temp":1e101,"door":{"open":-1e100}}""", None, -1e100)]
    public void Decode_Json_ReadsThemAndNeverRefusesForThem(string json, double temp, double open)
    {
        foreach (InputFormat format in new[] { InputFormat.Json, InputFormat.Auto })
        {
            Assert.Equal([[temp, open]], Decode(format, json));
        }
    }

    [Fact]
    public void Decode_Csv_ReadsThoseOfEachLine()
    {
        const string Text = """
            series,time,value,temp,door.open
            a,1700000000,1,20.5,1
            b,1700000000,2,,x
            c,never,3,7,7
            d,1700000000,4,9,0
            """;

        Assert.Equal([[20.5, 1], [None, None], [9, 0]], Decode(InputFormat.Csv, Text));
    }

    [Fact]
    public void Decode_Influx_GivesAllFieldsOfALineThoseOfTheLine()
    {
        const string Text = """
            m,host=a x=1,note="temp=5, \"so\"",temp=20.5,y=2i 1700000000
            m,host=a x=3,door.open=t 1700000000
            """;
        double[] first = [20.5, None], second = [None, 1];

        Assert.Equal([first, first, first, second, second], Decode(InputFormat.Influx, Text));
    }

    [Fact]
    public void Decode_RecordAfterRecord_KeepsNoneOfTheOneBefore()
    {
        var decoder = new RecordDecoder(options with { Format = InputFormat.Influx });

        decoder.Decode(new() { Value = "m temp=1,x=2 1700000000"u8 });
        decoder.Decode(new() { Value = "m x=2 1700000000"u8 });

        Assert.Equal([None, None], decoder.Observations[0].Covariates.ToArray());
    }

    [Fact]
    public void Decode_NoneConfigured_HasNone() => Assert.Equal(
        [[]], Decode(InputFormat.Json, """{"series":"a","time":1700000000,"value":1,"temp":2}""", new()));

    private static double[][] Decode(InputFormat format, string text, InputOptions? input = null)
    {
        var decoder = new RecordDecoder((input ?? options) with { Format = format });
        decoder.Decode(new() { Value = Encoding.UTF8.GetBytes(text) });
        ObservationList found = decoder.Observations;
        return [.. Enumerable.Range(0, found.Count).Select(i => found[i].Covariates.ToArray())];
    }
}
