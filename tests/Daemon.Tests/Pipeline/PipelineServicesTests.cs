using Daemon.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

public sealed class PipelineServicesTests
{
    [Fact]
    public void AddPipeline_ModelFile_GivesTheFirstVersionItsWeights()
    {
        string path = RepositoryRoot.Combine("tests", "Golden", "torch_model_export.safetensors");
        ForecasterOptions options = Sources.Options(
            ("Model:File", path), ("Model:Hidden", "8"), ("Model:LagSteps", "4"));

        using ServiceProvider services = new ServiceCollection().AddPipeline(options).BuildServiceProvider();

        Assert.Equal(
            StoredModel.Read(path).Model.Parameters.Values,
            services.GetRequiredService<FirstModel>().Parameters.Values);
    }
}
