using System.Globalization;
using System.Text;
using CsCheck;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Tests.Decoding;

public class NumberReaderTests
{
    [Fact]
    public void TryParse_AnyDecimal_IsTheNearestDouble()
    {
        Gen<string> plain = Gen.Select(Gen.Bool, Gen.ULong, Gen.Int[0, 30], (negative, digits, decimals) =>
        {
            string text = digits.ToString(CultureInfo.InvariantCulture);
            text = decimals == 0 ? text : text.PadLeft(decimals + 1, '0').Insert(
                Math.Max(text.Length, decimals + 1) - decimals, ".");
            return (negative ? "-" : "") + text;
        });
        Gen<string> shortest = Gen.Double.Where(double.IsFinite).Select(
            value => value.ToString("R", CultureInfo.InvariantCulture));

        Gen.OneOf(plain, plain.Select(text => text[..Math.Min(text.Length, 12)].TrimEnd('.')), shortest).Sample(text =>
        {
            bool isNumber = NumberReader.TryParse(Encoding.UTF8.GetBytes(text), out double value);

            double expected = text == "-" ? 0 : double.Parse(text, CultureInfo.InvariantCulture);
            Assert.Equal(text != "-", isNumber);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        }, iter: 50_000);
    }

    [Theory]
    [InlineData("9007199254740991", 9007199254740991)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("-0", -0.0)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("+5", 5)]
    [InlineData("Inf", double.NaN)]
    [InlineData("-INF", double.NaN)]
    public void TryParse_Corner_IsRead(string text, double expected)
    {
        Assert.True(NumberReader.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("--1")]
    public void TryParse_NoNumber_IsFalse(string text) =>
        Assert.False(NumberReader.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
