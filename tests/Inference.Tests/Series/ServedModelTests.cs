using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class ServedModelTests
{
    private static readonly ModelDescription served = new()
    {
        Version = "v",
        Features = Features.InputNames,
        Horizons = [1],
        LagSteps = 3,
        Scaler = Scaler.Name,
    };

    [Fact]
    public void Require_FeaturesAndScalerMadeHere_IsSilent()
    {
        ServedModel.Require(served, "f");
    }

    [Fact]
    public void Require_FeaturesInAnotherOrder_NamesBoth()
    {
        ModelDescription other = served with { Features = [.. Features.InputNames.Reverse()] };

        var error = Assert.Throws<ModelFileException>(() => ServedModel.Require(other, "f"));

        Assert.StartsWith("f: forecaster.features: expected deviation,change,", error.Message, StringComparison.Ordinal);
        Assert.Contains("found age,held,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_AnotherScaler_NamesBoth()
    {
        var error = Assert.Throws<ModelFileException>(() => ServedModel.Require(served with { Scaler = "minmax" }, "f"));

        Assert.Equal("f: forecaster.scaler: expected exponential, found minmax.", error.Message);
    }

    [Fact]
    public void InputNames_OneForEachInput()
    {
        Assert.Equal(Features.InputCount, Features.InputNames.Distinct().Count());
    }
}
