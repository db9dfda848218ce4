using System.Text;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class ForecastParserTests
{
    private const string Full =
        """
        {"series":"cpu{host=a}","time":"2014-07-01T00:30:00Z","value":91.2,"step":"PT60S","yhat":[90,91.5,92],
         "horizons":[1,6,24],"quantiles":{"0.95":[95,96,97],"0.5":[90,91,92],"0.05":[85,84,null]},
         "anomaly":{"score":0.7,"is":true},"model":"lstm@17","status":"warm",
         "origin":{"topic":"t","partition":3,"offset":42}}
        """;

    [Fact]
    public void Parse_DocumentedExample_ReadsEveryFieldItNeeds()
    {
        ForecastMessage message = Parse(Full);

        Assert.Equal("cpu{host=a}", message.Series);
        Assert.Equal(new DateTime(2014, 7, 1, 0, 30, 0, DateTimeKind.Utc), message.Time);
        Assert.Equal(91.2, message.Value);
        Assert.Equal([1, 6, 24], message.Horizons);
        Assert.Equal([90, 91.5, 92], message.Forecast);
        Assert.Equal([85, 84, double.NaN], message.Lower);
        Assert.Equal([95, 96, 97], message.Upper);
        Assert.True(message.IsAnomaly);
        Assert.Equal("lstm@17", message.Model);
    }

    [Fact]
    public void Parse_WithoutIntervalOrAnomaly_LeavesThemEmpty()
    {
        ForecastMessage message = Parse(
            """
            {"series":"s","time":"2014-07-01T02:30:00+02:00","value":null,"yhat":[null],"horizons":[1],
             "quantiles":{"0.5":[1]},"model":"lstm@0"}
            """);

        Assert.Equal(new DateTime(2014, 7, 1, 0, 30, 0, DateTimeKind.Utc), message.Time);
        Assert.Equal(double.NaN, message.Value);
        Assert.Equal([double.NaN], message.Forecast);
        Assert.Equal([double.NaN], message.Lower);
        Assert.Equal([double.NaN], message.Upper);
        Assert.False(message.IsAnomaly);
    }

    [Theory]
    [InlineData("", "Not a forecast")]
    [InlineData("[]", "Not a forecast")]
    [InlineData("{}", "is missing")]
    [InlineData("""{"series":"s","time":"soon","value":1,"yhat":[1],"horizons":[1],"model":"m"}""", "Not a forecast")]
    [InlineData(
        """{"series":"s","time":"2014-07-01T00:00:00Z","value":1,"yhat":[1,2],"horizons":[1],"model":"m"}""",
        "yhat has 2 values for 1 horizons")]
    [InlineData(
        """
        {"series":"s","time":"2014-07-01T00:00:00Z","value":1,"yhat":[1],"horizons":[1],"model":"m",
         "quantiles":{"low":[1],"high":[1]}}
        """,
        "is not a number")]
    public void Parse_Malformed_SaysWhatIsWrong(string json, string fault)
    {
        var thrown = Assert.Throws<FormatException>(() => Parse(json));

        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    private static ForecastMessage Parse(string json) => ForecastParser.Parse(Encoding.UTF8.GetBytes(json));
}
