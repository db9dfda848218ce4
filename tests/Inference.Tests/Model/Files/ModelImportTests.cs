using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Model.Files;

public sealed class ModelImportTests
{
    private static readonly Dictionary<string, string> nothing = [];

    private static readonly Dictionary<string, string> assumed = new()
    {
        [ModelMetadata.Version] = "v1",
        [ModelMetadata.Features] = "a,b",
        [ModelMetadata.Lags] = "3",
        [ModelMetadata.Scaler] = "none",
    };

    [Fact]
    public void Complete_PlainLstmWithHead_GetsASkipOfZerosAndADescription()
    {
        ModelFile source = Random(new ModelShape(2, 3, 2, 0, 4));

        ModelFile model = ModelImport.Complete(source, nothing, assumed, "f");

        ModelDescription description = ModelDescription.Of(model, "f");
        Assert.Equal(new ModelShape(2, 3, 2, 3 + 2 + 4, 4), model.Parameters.Shape);
        Assert.Equal(source.Parameters.Values[..^4], model.Parameters.Values[..(source.Parameters.Values.Length - 4)]);
        Assert.Equal(source.Parameters.HeadBias, model.Parameters.HeadBias);
        Assert.All(model.Parameters.SkipWeights.ToArray(), weight => Assert.Equal(0, weight));
        Assert.Equal("v1", description.Version);
        Assert.Equal(["a", "b"], description.Features.AsEnumerable());
        Assert.Equal([1, 2, 3, 4], description.Horizons.AsEnumerable());
        Assert.Equal(3, description.LagSteps);
        Assert.Equal("none", description.Scaler);
    }

    [Fact]
    public void Complete_ModelWithSkip_TakesItsLagsFromTheSkipsWidth()
    {
        ModelFile source = Random(new ModelShape(2, 3, 1, 7 + 2 + 1, 1));

        ModelFile model = ModelImport.Complete(source, nothing, assumed, "f");

        Assert.Same(source.Parameters, model.Parameters);
        Assert.Equal(7, ModelDescription.Of(model, "f").LagSteps);
    }

    [Fact]
    public void Complete_FileSaysOneThingAndOptionsAnother_OptionsWinAndOtherKeysStay()
    {
        ModelFile source = Random(new ModelShape(2, 3, 1, 0, 2)) with
        {
            Metadata = new Dictionary<string, string>
            {
                ["format"] = "pt",
                [ModelMetadata.Horizons] = "2,3",
                [ModelMetadata.Scaler] = "minmax",
            },
        };

        ModelFile model = ModelImport.Complete(
            source, new Dictionary<string, string> { [ModelMetadata.Horizons] = " 6, 24" }, assumed, "f");

        Assert.Equal("pt", model.Metadata["format"]);
        Assert.Equal("6,24", model.Metadata[ModelMetadata.Horizons]);
        Assert.Equal("minmax", model.Metadata[ModelMetadata.Scaler]);
    }

    [Theory]
    [InlineData(ModelMetadata.Horizons, "1,6", "expected 3 ascending numbers of steps, one an output, found 2 ('1,6')")]
    [InlineData(ModelMetadata.Horizons, "1,6,6", "expected 3 ascending numbers of steps, one an output, found 1,6,6")]
    [InlineData(ModelMetadata.Horizons, "0,1,2", "expected 3 ascending numbers of steps, one an output, found 0,1,2")]
    [InlineData(ModelMetadata.Horizons, "1,2,x", "expected 3 ascending numbers of steps, one an output, found 1,2,x")]
    [InlineData(ModelMetadata.Features, "a", "expected 2 names, one an input, found 1 ('a')")]
    [InlineData(ModelMetadata.Features, "a,", "expected 2 names, one an input, found 2 ('a,')")]
    [InlineData(ModelMetadata.Lags, "-1", "expected a number of steps up to 4091, found '-1'")]
    [InlineData(ModelMetadata.Lags, "4092", "expected a number of steps up to 4091, found '4092'")]
    [InlineData(ModelMetadata.Version, " ", "expected a text, found an empty one")]
    public void Complete_DescriptionThatDoesNotFit_NamesKeyExpectedAndFound(string key, string value, string message)
    {
        ModelFile source = Random(new ModelShape(2, 3, 1, 0, 3));

        var error = Assert.Throws<ModelFileException>(
            () => ModelImport.Complete(source, new Dictionary<string, string> { [key] = value }, assumed, "f"));

        Assert.Equal($"f: {key}: {message}.", error.Message);
    }

    [Theory]
    [InlineData(10, "7", "expected 12 (7 lags, 2 inputs, 3 outputs), found 10")]
    [InlineData(4, null, "expected at least 5 (lags, 2 inputs, 3 outputs), found 4")]
    public void Complete_SkipOfAnotherWidth_SaysWhatItIsMadeOf(int skip, string? lags, string message)
    {
        ModelFile source = Random(new ModelShape(2, 3, 1, skip, 3));
        Dictionary<string, string> given = lags is null ? nothing : new() { [ModelMetadata.Lags] = lags };

        var error = Assert.Throws<ModelFileException>(() => ModelImport.Complete(source, given, assumed, "f"));

        Assert.Equal($"f: width of the skip: {message}.", error.Message);
    }

    [Fact]
    public void Complete_WhatThisProgramServes_HasTheShapeThatItServes()
    {
        var settings = new ForecasterSettings { Horizons = [1, 6, 24] };
        ModelFile source = Random(new ModelShape(FeatureList.Default.Names.Length, 5, 2, 0, 3));
        var horizons = new Dictionary<string, string> { [ModelMetadata.Horizons] = "1,6,24" };

        ModelFile model = ModelImport.Complete(source, horizons, ServedModel.Metadata("v"), "f");

        Assert.Equal(settings.ShapeOf(5, 2), model.Parameters.Shape);
        Assert.True(FeatureList.Default.IsSameAs(ServedModel.FeaturesOf(ModelDescription.Of(model, "f"), "f")));
    }

    private static ModelFile Random(ModelShape shape) =>
        new(RandomModel.Parameters(shape, new Random(Seed: 5)), new Dictionary<string, string>());
}
