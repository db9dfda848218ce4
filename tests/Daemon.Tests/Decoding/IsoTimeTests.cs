using System.Globalization;
using System.Text;
using CsCheck;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class IsoTimeTests
{
    [Fact]
    public void Parse_AnyMomentAndOffset_MatchesThePlatform()
    {
        Gen.Select(
            Gen.Long[EventTime.MinTicks, EventTime.EndTicks - 1], Gen.Int[-14 * 60, 14 * 60], Gen.Int[0, 7], Gen.Bool)
            .Sample((ticks, offsetMinutes, decimals, isBlank) =>
            {
                var time = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(offsetMinutes));
                string format = "yyyy-MM-dd" + (isBlank ? "' '" : "'T'") + "HH:mm:ss"
                    + (decimals > 0 ? "." + new string('f', decimals) : "") + "zzz";
                string text = time.ToString(format, CultureInfo.InvariantCulture);

                RejectReason reason = IsoTime.Parse(Encoding.UTF8.GetBytes(text), out long parsed);

                long expected = DateTimeOffset.ParseExact(text, format, CultureInfo.InvariantCulture).UtcTicks;
                Assert.Equal(RejectReason.None, reason);
                Assert.Equal(expected, parsed);
            }, iter: 50_000);
    }

    [Theory]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.0000000")]
    [InlineData("2024-02-29T12:30", "2024-02-29T12:30:00.0000000")]
    [InlineData("2024-02-29t12:30:01z", "2024-02-29T12:30:01.0000000")]
    [InlineData("2024-02-29 12:30:01", "2024-02-29T12:30:01.0000000")]
    [InlineData("2024-02-29T12:30:01,25", "2024-02-29T12:30:01.2500000")]
    [InlineData("2024-02-29T12:30:01.123456789Z", "2024-02-29T12:30:01.1234567")]
    [InlineData("2024-02-29T12:30:01+02", "2024-02-29T10:30:01.0000000")]
    [InlineData("2024-02-29T12:30:01-0530", "2024-02-29T18:00:01.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000")]
    [InlineData("2199-12-31T23:59:59.9999999Z", "2199-12-31T23:59:59.9999999")]
    public void Parse_AcceptedForm_IsThatMoment(string text, string expected)
    {
        RejectReason reason = IsoTime.Parse(Encoding.UTF8.GetBytes(text), out long ticks);

        Assert.Equal(RejectReason.None, reason);
        var time = new DateTime(ticks);
        Assert.Equal(expected, time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("2024-01-00")]
    [InlineData("2024-01-32")]
    [InlineData("2024/01/01")]
    [InlineData("2024-01-01T")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T23:60:00Z")]
    [InlineData("2024-01-01T23:58:60Z")]
    [InlineData("2024-01-01T23:59:61Z")]
    [InlineData("2024-01-01T00:00:00.Z")]
    [InlineData("2024-01-01T00:00:00ZZ")]
    [InlineData("2024-01-01T00:00:00+2")]
    [InlineData("2024-01-01T00:00:00+24:00")]
    [InlineData("2024-01-01T00:00:00+00:60")]
    [InlineData("2024-01-01T00:00:00+00-00")]
    [InlineData("2024-01-01T00:00:0xZ")]
    [InlineData("2024-01-01X00:00:00Z")]
    [InlineData("2o24-01-01T00:00:00Z")]
    [InlineData("20a4-01-01T00:00:00Z")]
    public void Parse_NoTime_IsBad(string text) =>
        Assert.Equal(RejectReason.BadTime, IsoTime.Parse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("0000-01-01")]
    [InlineData("0001-01-01T00:00:00+23:59")]
    [InlineData("1970-01-01T00:00:00+00:01")]
    [InlineData("2199-12-31T23:59:59-00:01")]
    [InlineData("9999-12-31T23:59:59-23:59")]
    public void Parse_OutsideTheRange_IsAbsurd(string text) =>
        Assert.Equal(RejectReason.AbsurdTime, IsoTime.Parse(Encoding.UTF8.GetBytes(text), out _));
}
