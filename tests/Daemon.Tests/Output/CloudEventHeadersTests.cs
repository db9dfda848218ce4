using System.Text;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Tests.Output;

public class CloudEventHeadersTests
{
    private readonly CloudEventHeaders _events = new("forecaster", "events");
    private readonly MessageHeaders _headers = new();

    [Fact]
    public void Fill_Forecast_HasTheRequiredHeadersOfBinaryMode()
    {
        _events.Fill(_headers, new ForecastSample().View);

        Assert.Equal(
            [
                ("ce_specversion", "1.0"),
                ("ce_id", "events/3/42/2023-11-14T22:13:20Z/cpu{host=a}"),
                ("ce_source", "/forecaster/events"),
                ("ce_type", CloudEventHeaders.ForecastType),
            ],
            _headers.Pairs());
    }

    [Fact]
    public void Fill_OtherSeriesTimeOrOffset_IsAnotherId()
    {
        ForecastSample[] samples =
        [
            new(), new() { JsonId = JsonText.Quote("cpu{host=b}") }, new() { Offset = 43 },
            new() { Time = new DateTime(2023, 11, 14, 22, 14, 20) },
        ];

        IEnumerable<string> ids = samples.Select(Id);

        Assert.Equal(samples.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Fill_ControlCharactersInTheSeries_AreEscapedInTheId()
    {
        string id = Id(new ForecastSample { JsonId = JsonText.Quote("a\n\u0085") });

        Assert.EndsWith("/a\\u000a\\u0085", id, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_LongestNumbers_FitTheReservedRoom()
    {
        var sample = new ForecastSample
        {
            JsonId = "\"\""u8.ToArray(),
            Offset = long.MinValue,
            Time = DateTime.MaxValue,
        };

        Assert.Equal("events/3/-9223372036854775808/9999-12-31T23:59:59.9999999Z/", Id(sample));
    }

    [Fact]
    public void Fill_Warm_AllocatesNothing()
    {
        var sample = new ForecastSample();

        Assert.Equal(0, Allocation.Least(() => _events.Fill(_headers, sample.View)));
    }

    private string Id(ForecastSample sample)
    {
        _events.Fill(_headers, sample.View);
        return Encoding.UTF8.GetString(_headers.Value(1));
    }
}
