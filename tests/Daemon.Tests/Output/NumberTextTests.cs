using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Tests.Output;

public class NumberTextTests
{
    private delegate int Write(double value, Span<byte> destination);

    /// <summary>Any bits, magnitudes from 1e-300 to 1e300, integers, few decimals, and powers of ten with their
    /// neighbours, where a wrong decade would show.</summary>
    private static Gen<double> Numbers { get; } = Gen.OneOf(
        Gen.Double.Where(double.IsFinite),
        Gen.Select(Gen.Double[-10, 10], Gen.Int[-300, 299], (m, e) => m * Math.Pow(10, e)),
        Gen.Select(Gen.Double[-10, 10], Gen.Int[-7, 17], (m, e) => m * Math.Pow(10, e)),
        Gen.Long.Select(i => (double)i),
        Gen.Int[-1_000, 1_000].Select(i => (double)i),
        Gen.Select(Gen.Long[-10_000_000_000, 10_000_000_000], Gen.Int[0, 9], (i, d) => i / Math.Pow(10, d)),
        Gen.Select(Gen.Int[-308, 308], Gen.Int[-3, 3], (e, ulps) => BitConverter.Int64BitsToDouble(
            BitConverter.DoubleToInt64Bits(double.Parse($"1e{e}", CultureInfo.InvariantCulture)) + ulps)));

    [Fact]
    public void WriteShortest_AnyNumber_ReadsBackAndIsNoLongerThanThePlatforms()
    {
        Numbers.Sample(value =>
        {
            string text = Text(NumberText.WriteShortest, value);

            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Parse(text)));
            Assert.True(Digits(text) <= Digits(value.ToString("R", CultureInfo.InvariantCulture)), text);
        }, iter: 100_000);
    }

    [Fact]
    public void WriteRounded_AnyNumber_HasTenDigitsAndIsNear()
    {
        Numbers.Sample(value =>
        {
            string text = Text(NumberText.WriteRounded, value);

            Assert.True(Math.Abs(Parse(text) - value) <= 5.001e-10 * Math.Abs(value), $"{value:R} as {text}");
            Assert.InRange(Digits(text), 0, 10);
        }, iter: 100_000);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(91.2, "91.2")]
    [InlineData(-91.25, "-91.25")]
    [InlineData(100, "100")]
    [InlineData(1.0 / 3, "0.3333333333")]
    [InlineData(9999999999.9, "10000000000")]
    [InlineData(0.99999999999, "1")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.0000123456789012, "0.0000123456789")]
    [InlineData(123456789012345, "123456789000000")]
    [InlineData(1e15, "1.000000000E+015")]
    [InlineData(9.9e-6, "9.900000000E-006")]
    [InlineData(double.NaN, "null")]
    [InlineData(double.NegativeInfinity, "null")]
    public void WriteRounded_Corner_IsThisText(double value, string expected) =>
        Assert.Equal(expected, Text(NumberText.WriteRounded, value));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(91.2, "91.2")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1234567.654321, "1234567.654321")]
    [InlineData(999999999999999, "999999999999999")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.PositiveInfinity, "null")]
    public void WriteShortest_Corner_IsThisText(double value, string expected) =>
        Assert.Equal(expected, Text(NumberText.WriteShortest, value));

    [Theory]
    [InlineData(0.7, "0.7")]
    [InlineData(0.99950049, "0.9995")]
    [InlineData(0.9999996, "1")]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(1e-9, "0")]
    [InlineData(double.NaN, "null")]
    public void WriteScore_Any_HasSixDecimalsAtMost(double value, string expected) =>
        Assert.Equal(expected, Text(NumberText.WriteScore, value));

    private static string Text(Write write, double value)
    {
        Span<byte> room = stackalloc byte[NumberText.MaxBytes];
        return Encoding.UTF8.GetString(room[..write(value, room)]);
    }

    private static double Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetDouble();
    }

    /// <summary>Significant digits, without leading and trailing zeros.</summary>
    private static int Digits(string number) =>
        number.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0').Length;
}
