using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class ServedModelTests
{
    private static readonly ModelDescription served = new()
    {
        Version = "v",
        Features = FeatureList.Default.Names,
        Horizons = [1],
        LagSteps = 3,
        Scaler = "exponential",
    };

    [Fact]
    public void FeaturesAndScaling_OfEveryKindMadeHere_AreThose()
    {
        ModelDescription every = served with { Features = FeatureReference.Every.Names, Scaler = "min-max" };

        Assert.True(FeatureList.Default.IsSameAs(ServedModel.FeaturesOf(served, "f")));
        Assert.True(FeatureReference.Every.IsSameAs(ServedModel.FeaturesOf(every, "f")));
        Assert.Equal(Scaling.Standard, ServedModel.ScalingOf(served, "f"));
        Assert.Equal(Scaling.MinMax, ServedModel.ScalingOf(every, "f"));
    }

    [Theory]
    [InlineData("deviation", "pressure", "'pressure' is no feature")]
    [InlineData("deviation", "hour", "one name may stand for one input only")]
    [InlineData("age", "age", "'age' is there already")]
    public void FeaturesOf_NoneThatAreMadeHere_NamesThem(string first, string second, string reason)
    {
        var error = Assert.Throws<ModelFileException>(
            () => ServedModel.FeaturesOf(served with { Features = [first, second] }, "f"));

        Assert.StartsWith("f: forecaster.features: expected names of inputs", error.Message, StringComparison.Ordinal);
        Assert.Contains($"found {first},{second}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScalingOf_NoneThatIsMadeHere_NamesBoth()
    {
        var error = Assert.Throws<ModelFileException>(
            () => ServedModel.ScalingOf(served with { Scaler = "minmax" }, "f"));

        Assert.Equal("f: forecaster.scaler: expected one of exponential, min-max, found minmax.", error.Message);
    }
}
