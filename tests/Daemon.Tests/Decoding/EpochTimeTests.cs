using System.Globalization;
using System.Text;
using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class EpochTimeTests
{
    private static readonly (TimeUnit Unit, decimal Ticks)[] Units =
    [
        (TimeUnit.Seconds, 10_000_000m), (TimeUnit.Milliseconds, 10_000m), (TimeUnit.Microseconds, 10m),
        (TimeUnit.Nanoseconds, 0.01m),
    ];

    [Fact]
    public void Parse_AnyMomentInAnyUnit_IsExact()
    {
        Gen.Select(Gen.Long[0, EventTime.EndTicks - EventTime.MinTicks - 1], Gen.OneOf(Units))
            .Sample((ticks, unit) =>
            {
                string text = (ticks / unit.Ticks).ToString(CultureInfo.InvariantCulture);

                RejectReason reason = EpochTime.Parse(Encoding.UTF8.GetBytes(text), unit.Unit, out long parsed);

                Assert.Equal(RejectReason.None, reason);
                Assert.Equal(EventTime.MinTicks + ticks, parsed);
            }, iter: 50_000);
    }

    [Theory]
    [InlineData("1700000000")]
    [InlineData("1700000000.0")]
    [InlineData("1.7e9")]
    [InlineData("17E+8")]
    [InlineData("17000000000e-1")]
    [InlineData("0001700000000")]
    [InlineData("1700000000000")]
    [InlineData("1700000000000000")]
    [InlineData("1700000000000000000")]
    [InlineData("1700000000000000000.9999")]
    public void Parse_Auto_GoesByTheDigitsBeforeThePoint(string text)
    {
        RejectReason reason = EpochTime.Parse(Encoding.UTF8.GetBytes(text), TimeUnit.Auto, out long ticks);

        Assert.Equal(RejectReason.None, reason);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20), new DateTime(ticks));
    }

    /// <summary>Each would be a good time if it lost what is beyond 64 bits.</summary>
    [Theory]
    [InlineData("9999999999999999999")]
    [InlineData("20000000000000000000")]
    [InlineData("20000000000000000000.5")]
    [InlineData("38593488147419103232")]
    public void Parse_TooManyDigits_IsAbsurd(string text) => Assert.Equal(
        RejectReason.AbsurdTime, EpochTime.Parse(Encoding.UTF8.GetBytes(text), TimeUnit.Nanoseconds, out _));

    [Theory]
    [InlineData("100000000000")]
    [InlineData("100000000000000")]
    [InlineData("100000000000000000")]
    public void Parse_AutoWithOneDigitMore_IsTheNextFinerUnit(string text)
    {
        RejectReason reason = EpochTime.Parse(Encoding.UTF8.GetBytes(text), TimeUnit.Auto, out long ticks);

        Assert.Equal(RejectReason.None, reason);
        Assert.Equal(new DateTime(1973, 3, 3, 9, 46, 40), new DateTime(ticks));
    }

    [Theory]
    [InlineData("0", "Auto", 0)]
    [InlineData("-0.0", "Auto", 0)]
    [InlineData("1e-9999", "Auto", 0)]
    [InlineData("0e999999999999", "Auto", 0)]
    [InlineData("0.00000019", "Seconds", 1)]
    [InlineData("199", "Nanoseconds", 1)]
    [InlineData("86400000", "Milliseconds", TimeSpan.TicksPerDay)]
    public void Parse_Corner_IsThatManyTicks(string text, string unit, long expected)
    {
        RejectReason reason = EpochTime.Parse(
            Encoding.UTF8.GetBytes(text), Enum.Parse<TimeUnit>(unit), out long ticks);

        Assert.Equal((RejectReason.None, EventTime.MinTicks + expected), (reason, ticks));
    }

    [Theory]
    [InlineData("", "bad-time")]
    [InlineData("-", "bad-time")]
    [InlineData(".", "bad-time")]
    [InlineData("1.2.3", "bad-time")]
    [InlineData("1e", "bad-time")]
    [InlineData("1e+", "bad-time")]
    [InlineData("1e5x", "bad-time")]
    [InlineData("NaN", "bad-time")]
    [InlineData("-1", "absurd-time")]
    [InlineData("7258118400", "absurd-time")]
    [InlineData("99999999999", "absurd-time")]
    [InlineData("10000000000000", "absurd-time")]
    [InlineData("99999999999999999", "absurd-time")]
    [InlineData("1e400", "absurd-time")]
    [InlineData("1e999999999999", "absurd-time")]
    [InlineData("99999999999999999999999999999999", "absurd-time")]
    public void Parse_NoEventTime_SaysWhy(string text, string expected) =>
        Assert.Equal(expected, EpochTime.Parse(Encoding.UTF8.GetBytes(text), TimeUnit.Auto, out _).Name());
}
