using Streaming.Training.Losses;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Samples;

public sealed class EncodedWindowTests
{
    [Theory]
    [InlineData(5, 4, 2, 2)]
    [InlineData(4, 3, 2, 2)]
    [InlineData(4, 4, 3, 3)]
    [InlineData(4, 4, 2, 4)]
    [InlineData(0, 4, 2, 2)]
    [InlineData(4, 4, 0, 0)]
    public void Constructor_LengthsThatDisagree_Throws(int inputs, int skip, int targets, int weights) =>
        Assert.Throws<ArgumentException>(
            () => new EncodedWindow(1, 2, new float[inputs], new float[skip], new float[targets], new float[weights]));

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Constructor_WeightThatIsNoWeight_Throws(float weight) =>
        Assert.Throws<ArgumentException>(() => new EncodedWindow(1, 1, [0], [], [0], [weight]));

    [Fact]
    public void RelativeToAnchor_AnchorNearlyRight_HasALeastUnit()
    {
        EncodedWindow window = new(7, 2, [0, 0], [], [1e-9f, 4, -1e-9f, float.NaN], [1, 1, 1, 0]) { FirstStep = 3 };

        EncodedWindow relative = window.RelativeToAnchor(LossKind.MeanAbsolute);

        Assert.Equal([1e-3, 4], relative.LossUnits);
        Assert.Equal((7UL, 3L, 2), (relative.Series, relative.FirstStep, relative.Steps));
        Assert.Same(window.Targets, relative.Targets);
    }

    [Fact]
    public void IsFinite_NaNTarget_CountsOnlyWithWeight()
    {
        Assert.True(new EncodedWindow(1, 2, [0, 0], [], [1, float.NaN], [1, 0]).IsFinite());
        Assert.False(new EncodedWindow(1, 2, [0, 0], [], [1, float.NaN], [0, 1]).IsFinite());
        Assert.False(new EncodedWindow(1, 2, [0, float.NaN], [], [1, 1], [0, 0]).IsFinite());
        Assert.False(new EncodedWindow(1, 2, [0, 0], [0, float.NegativeInfinity], [1, 1], [0, 0]).IsFinite());
    }
}
