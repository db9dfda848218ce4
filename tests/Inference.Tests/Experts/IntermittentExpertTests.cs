using System.Buffers;
using Streaming.Inference.Experts;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Experts;

public sealed class IntermittentExpertTests
{
    [Fact]
    public void ReadFrom_AtAnyStep_GoesOnWithTheSameBits()
    {
        IntermittentExpert steady = default, revived = default;
        var random = new Random(Seed: 3);
        for (int t = 0; t < 300; t++)
        {
            double value = random.Next(4) == 0 ? random.NextDouble() : t == 280 ? -1 : 0;
            steady.Take(value);
            revived.Take(value);
            Assert.Equal(steady.Forecast, revived.Forecast);
            var buffer = new ArrayBufferWriter<byte>();
            revived.WriteTo(new StateWriter(buffer));
            var reader = new StateReader(buffer.WrittenSpan);
            revived = default;
            revived.ReadFrom(ref reader);
            reader.End();
        }
    }

    [Fact]
    public void Forecast_DemandEveryFifthStep_IsItsMean()
    {
        var expert = default(IntermittentExpert);
        double sum = 0;
        for (int t = 0; t < 1_000; t++)
        {
            expert.Take(t % 5 == 0 ? 10 : 0);
            sum += t >= 500 ? expert.Forecast / 500 : 0;
        }

        Assert.Equal(2, sum, 0.1);
    }

    [Fact]
    public void Forecast_DemandEnds_FadesTowardZeroAndStaysAbove()
    {
        var expert = default(IntermittentExpert);
        for (int t = 0; t < 300; t++)
        {
            expert.Take(t < 100 && t % 4 == 0 ? 3 : 0);
        }

        Assert.InRange(expert.Forecast, 0, 0.001);
    }

    [Theory]
    [InlineData(5, 5, 5, 0)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 0, -1)]
    public void Forecast_SeriesNotIntermittent_IsNone(double a, double b, double c, double d)
    {
        var expert = default(IntermittentExpert);
        foreach (double value in new[] { a, b, c, d })
        {
            expert.Take(value);
        }

        Assert.False(expert.IsIntermittent);
        Assert.True(double.IsNaN(expert.Forecast));
    }
}
