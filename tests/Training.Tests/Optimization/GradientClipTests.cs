using Streaming.Training.Optimization;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Optimization;

public sealed class GradientClipTests
{
    [Fact]
    public void Apply_TooLong_ScalesToTheNorm()
    {
        float[] gradient = [3, 0, -4, 0, 12];

        double norm = GradientClip.Apply(gradient, 6.5);

        Assert.Equal(13, norm);
        Assert.Equal([1.5f, 0, -2, 0, 6], gradient);
    }

    [Fact]
    public void Apply_ShortEnough_ChangesNothing()
    {
        float[] gradient = [3, 0, -4, 0, 12];

        double norm = GradientClip.Apply(gradient, 13);

        Assert.Equal(13, norm);
        Assert.Equal([3f, 0, -4, 0, 12], gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1001)]
    public void Apply_AnyLength_ReturnsTheNorm(int length)
    {
        float[] gradient = new Random(length).Floats(length);

        Assert.Equal(Math.Sqrt(gradient.Sum(value => (double)value * value)), GradientClip.Apply(gradient, 1e9), 1e-12);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Apply_NotFinite_SaysSo(float value) =>
        Assert.False(double.IsFinite(GradientClip.Apply([1, 1, 1, 1, 1, value], 1)));
}
