using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;

namespace Daemon.Tests.Models;

/// <summary>A models topic in memory, and one process that follows it; publishers open at will.</summary>
/// <remarks>One thread at a time: who waits turns the follower.</remarks>
internal sealed class MemoryModels : IDisposable
{
    private readonly Lock turning = new();

    public MemoryModels(
        ForecasterOptions options, ModelShape shape, VersionFeed versions, MemoryModelsTopic? topic = null)
    {
        (Options, Versions, Topic) = (options, versions, topic ?? new());
        Form = NetworkForm.Of(shape, PipelineServices.SettingsOf(options));
        InForce = new(options, Form, Catalog, versions, NullLogger<VersionInForce>.Instance);
        Follower = new(new MemoryModelsPort(Topic).Read(options.ModelsTopic), 0, Catalog, InForce.Look);
    }

    public ForecasterOptions Options { get; }

    public VersionFeed Versions { get; }

    public MemoryModelsTopic Topic { get; }

    public NetworkForm Form { get; }

    public VersionCatalog Catalog { get; } = new();

    public VersionInForce InForce { get; }

    public ModelsFollower Follower { get; }

    /// <summary>Reads whatever is there.</summary>
    public void Turn(TimeSpan wait)
    {
        lock (turning)
        {
            Follower.Turn(wait);
        }
    }

    /// <summary>What a process does before its lanes start.</summary>
    public void Begin(FirstModel first)
    {
        new FirstVersion(Options, first, Form, NullLogger<FirstVersion>.Instance).Ensure(Reading(), Create);
        InForce.Begin();
    }

    /// <summary>An open publisher; any that was open before is fenced.</summary>
    public ModelsPublisher Open()
    {
        ModelsPublisher publisher = Create();
        publisher.Open();
        return publisher;
    }

    public void Dispose() => Follower.Dispose();

    private ModelsPublisher Create() => new(
        new MemoryModelsPort(Topic), Options.ModelsTopic, Reading(), Options.Training.KeptVersions, TimeProvider.System,
        new(), NullLogger.Instance);

    private ModelsReading Reading() => new(() => Topic.Records.Count, Follower, Turn, NullLogger.Instance);
}
