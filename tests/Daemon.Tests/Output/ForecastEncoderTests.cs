using System.Text;
using System.Text.Json;
using CsCheck;
using Streaming.Daemon.Output;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Output;

public class ForecastEncoderTests
{
    private readonly ForecastEncoder _encoder = new([1, 6, 24], [0.05, 0.95], "t");
    private readonly Utf8Buffer _buffer = new();

    [Fact]
    public void Write_DocumentedExample_IsThisTextByteForByte()
    {
        const string Expected = """
            {"series":"cpu{host=a}","time":"2023-11-14T22:13:20Z","value":91.2,"step":"PT60S",
            "yhat":[91.25,90,0.3333333333],"horizons":[1,6,24],
            "quantiles":{"0.05":[80,81,82],"0.95":[100,101.5,1.000000000E+020]},
            "anomaly":{"score":0.7,"is":false},"model":"lstm@17","status":"warm",
            "origin":{"topic":"t","partition":3,"offset":42}}
            """;

        _encoder.Write(new ForecastSample().View, _buffer);

        Assert.Equal(Expected.ReplaceLineEndings(""), Text());
    }

    [Fact]
    public void Write_Unit_StandsBehindTheValue()
    {
        _encoder.Write(new ForecastSample { Unit = [.. "°C/s"u8] }.View, _buffer);

        Assert.Contains("\"value\":91.2,\"unit\":\"°C/s\",\"step\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Weights_StandBehindTheModelWithoutThoseThatAreZero()
    {
        var encoder = new ForecastEncoder([1, 6, 24], [0.05, 0.95], "t", ["persistence", "network", "linear-48"]);

        encoder.Write(new ForecastSample { Weights = [0.0004f, 0.25f, 0.7496f] }.View, _buffer);

        Assert.Contains(
            "\"model\":\"lstm@17\",\"experts\":{\"network\":0.25,\"linear-48\":0.75},\"status\"", Text(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AnomalyKind.None, "\"is\":false}")]
    [InlineData(AnomalyKind.Spike, "\"is\":true,\"kind\":\"spike\"}")]
    [InlineData(AnomalyKind.LevelShift, "\"is\":true,\"kind\":\"level-shift\"}")]
    [InlineData(AnomalyKind.Gap, "\"is\":true,\"kind\":\"gap\"}")]
    public void Write_Alarm_SaysWhatItIsAbout(AnomalyKind alarm, string expected)
    {
        _encoder.Write(new ForecastSample { Alarm = alarm }.View, _buffer);

        Assert.Contains($"{{\"score\":0.7,{expected},\"model\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoQuantilesEventModeNotFinite_IsStillJson()
    {
        const string Expected = """
            {"series":"a","time":"2023-11-14T22:13:20.5Z","value":null,"step":"event","yhat":[null],"horizons":[1],
            "quantiles":{},"anomaly":{"score":null,"is":true,"kind":"level-shift"},"model":"lstm@17","status":"burn-in",
            "origin":{"topic":"t","partition":3,"offset":42}}
            """;
        var sample = new ForecastSample
        {
            JsonId = JsonText.Quote("a"),
            Time = new DateTime(2023, 11, 14, 22, 13, 20, 500),
            Value = double.NaN,
            StepJson = JsonText.Step(0),
            Yhat = [double.PositiveInfinity],
            Quantiles = [],
            Score = double.NaN,
            Alarm = AnomalyKind.LevelShift,
            Status = SeriesStatus.BurnIn,
        };

        new ForecastEncoder([1], [], "t").Write(sample.View, _buffer);

        Assert.Equal(Expected.ReplaceLineEndings(""), Text());
    }

    [Fact]
    public void Write_AnyForecast_ParsesBackToItsNumbers()
    {
        Gen<double> number = Gen.OneOf(
            Gen.Double.Where(double.IsFinite), Gen.Double[-1e6, 1e6], Gen.Int.Select(i => (double)i));
        Gen.Select(
            Gen.String[0, 512], number, number.Array[3], number.Array[6], Gen.Double[0, 1], Gen.Int[0, 2], Gen.Long)
            .Sample((id, value, yhat, quantiles, score, status, offset) =>
            {
                string validId = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(id));
                var sample = new ForecastSample
                {
                    JsonId = JsonText.Quote(validId),
                    Value = value,
                    Yhat = yhat,
                    Quantiles = quantiles,
                    Score = score,
                    Status = (SeriesStatus)status,
                    Offset = offset,
                };
                var buffer = new Utf8Buffer(16);

                new ForecastEncoder([1, 6, 24], [0.05, 0.95], "t").Write(sample.View, buffer);

                using var document = JsonDocument.Parse(buffer.Written.ToArray());
                JsonElement root = document.RootElement;
                Assert.Equal(validId, root.GetProperty("series").GetString());
                Assert.Equal(value, root.GetProperty("value").GetDouble());
                AssertNear(yhat, root.GetProperty("yhat"));
                AssertNear(quantiles[..3], root.GetProperty("quantiles").GetProperty("0.05"));
                AssertNear(quantiles[3..], root.GetProperty("quantiles").GetProperty("0.95"));
                Assert.Equal(score, root.GetProperty("anomaly").GetProperty("score").GetDouble(), 6e-7);
                Assert.Equal(new[] { "cold", "warm", "burn-in" }[status], root.GetProperty("status").GetString());
                Assert.Equal(offset, root.GetProperty("origin").GetProperty("offset").GetInt64());
            }, iter: 5_000);
    }

    [Fact]
    public void Write_LongestNumbers_FitTheReservedRoom()
    {
        int[] horizons = [.. Enumerable.Range(1, 64)];
        double[] levels = [.. Enumerable.Range(1, 19).Select(q => q / 20.0)];
        var sample = new ForecastSample
        {
            JsonId = JsonText.Quote(new string('\u0001', 512)),
            Value = -double.MaxValue,
            Unit = new byte[MeasureUnit.MaxRateBytes],
            Time = new DateTime(9999, 12, 31, 23, 59, 59).AddTicks(1),
            Offset = long.MinValue,
            Score = -double.Epsilon,
            Yhat = [.. Enumerable.Repeat(-double.MaxValue, 64)],
            Quantiles = [.. Enumerable.Repeat(-double.Epsilon, 64 * 19)],
        };

        new ForecastEncoder(horizons, levels, new string('t', 200)).Write(sample.View, new Utf8Buffer(1));
    }

    [Fact]
    public void Write_Twice_AppendsTheSecond()
    {
        _encoder.Write(new ForecastSample().View, _buffer);
        int firstEnd = _buffer.Count;

        _encoder.Write(new ForecastSample().View, _buffer);

        Assert.Equal(_buffer.Written[..firstEnd].ToArray(), _buffer.Written[firstEnd..].ToArray());
    }

    [Fact]
    public void Write_WrongNumberOfHorizonsOrQuantiles_Throws()
    {
        Assert.Throws<ArgumentException>(() => _encoder.Write(new ForecastSample { Yhat = [1] }.View, _buffer));
        Assert.Throws<ArgumentException>(() => _encoder.Write(new ForecastSample { Quantiles = [1] }.View, _buffer));
    }

    [Fact]
    public void Write_Warm_AllocatesNothing()
    {
        ForecastSample[] samples =
        [
            new(),
            new() { Value = 0.1 + 0.2, Yhat = [1e-300, -1e300, double.NaN] },
            new() { Status = SeriesStatus.Cold },
        ];

        Assert.Equal(0, Allocation.Least(() => WriteAll(samples)));
    }

    private static void AssertNear(double[] expected, JsonElement actual)
    {
        double[] numbers = [.. actual.EnumerateArray().Select(element => element.GetDouble())];
        Assert.Equal(expected.Length, numbers.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // Below the normal range a double itself has fewer digits.
            double tolerance = Math.Max(1e-9 * Math.Abs(expected[i]), double.Epsilon);
            Assert.True(Math.Abs(numbers[i] - expected[i]) <= tolerance, $"{expected[i]:R} became {numbers[i]:R}");
        }
    }

    private string Text() => Encoding.UTF8.GetString(_buffer.Written);

    private void WriteAll(ForecastSample[] samples)
    {
        _buffer.Clear();
        foreach (ForecastSample sample in samples)
        {
            _encoder.Write(sample.View, _buffer);
        }
    }
}
