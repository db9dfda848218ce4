using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class ModelFileChecksTests : IDisposable
{
    private static readonly string good = RepositoryRoot.Combine("tests", "Golden", "torch_model_export.safetensors");

    private static readonly (string Key, string? Value)[] fitting =
    [
        ("Model:File", good), ("Model:Hidden", "8"), ("Model:Layers", "2"), ("Model:Horizons", "1,6,24"),
        ("Model:LagSteps", "4"),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Check_OptionsThatFitTheFile_IsSilent()
    {
        Assert.Equal(good, Sources.Options(fitting).Model.File);
    }

    [Theory]
    [InlineData("Model:Hidden", "32", "must be 8 as in ")]
    [InlineData("Model:Layers", "1", "must be 2 as in ")]
    [InlineData("Model:Horizons", "1,6,12", "must be 1, 6, 24 as in ")]
    [InlineData("Model:LagSteps", "48", "must be 4 as in ")]
    [InlineData("Model:Features", "default,mean:24", "must be default as in ")]
    [InlineData("Model:Scaling", "min-max", "must be standard as in ")]
    public void Check_OptionThatDoesNotFit_IsNamedWithWhatTheFileHas(string key, string value, string message)
    {
        ConfigurationError error = Assert.Single(
            Sources.Load([.. fitting.Where(pair => pair.Key != key), (key, value)]).Errors);

        Assert.Equal(key, error.Key);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($", but is {value.Replace(",", ", ")}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FileThatIsNoModel_IsAnErrorOfTheKey()
    {
        string bad = folder.Write("bad.safetensors", "no model");
        string foreign = RepositoryRoot.Combine("tests", "Golden", "torch_model.safetensors");

        foreach (string path in new[] { bad, foreign, Path.Combine(folder.Path, "missing"), folder.Path })
        {
            ConfigurationError error = Assert.Single(Sources.Load(("Model:File", path)).Errors);

            Assert.Equal("Model:File", error.Key);
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        }
    }
}
