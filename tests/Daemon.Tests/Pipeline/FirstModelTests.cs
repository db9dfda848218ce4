using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline;

public sealed class FirstModelTests
{
    private static readonly string Committed =
        RepositoryRoot.Combine("data", "models", "champion.safetensors");

    [Fact]
    public void Of_Defaults_IsTheChampion()
    {
        FirstModel first = Of(new());

        Assert.Equal("the pretrained champion", first.Source);
        Assert.Equal(StoredModel.Read(Committed).Model.Parameters.Values, first.Parameters.Values);
        Assert.Contains(first.Parameters.HeadWeights.ToArray(), weight => weight != 0);
    }

    public static TheoryData<string> OtherModels => ["hidden", "layers", "horizons", "lags", "features", "scaling", "pretrained"];

    /// <summary>A network for other horizons or sizes can't be had by cutting this one.</summary>
    [Theory]
    [MemberData(nameof(OtherModels))]
    public void Of_OtherModelThanTheChampion_IsUntrained(string what)
    {
        ModelOptions options = what switch
        {
            "hidden" => new() { Hidden = 16 },
            "layers" => new() { Layers = 1 },
            "horizons" => new() { Horizons = [1, 6, 12] },
            "lags" => new() { LagSteps = 24 },
            "features" => new() { Features = ["default", "mean:24"] },
            "scaling" => new() { Scaling = Scaling.MinMax },
            _ => new() { Pretrained = false },
        };

        FirstModel first = Of(options);

        Assert.Equal("untrained weights of seed 17", first.Source);
        Assert.All(first.Parameters.HeadWeights.ToArray(), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Of_File_IsThatFile()
    {
        FirstModel first = Of(new() { File = Committed, Pretrained = false });

        Assert.Equal(Committed, first.Source);
        Assert.Equal(Of(new()).Parameters.Values, first.Parameters.Values);
    }

    private static FirstModel Of(ModelOptions options) =>
        FirstModel.Of(options, PipelineServices.SettingsOf(new() { Model = options }));
}
