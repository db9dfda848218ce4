using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.Tuning;

/// <summary>Opens the desk of a new term: takes publishing over and reads the models topic to its end.</summary>
/// <param name="wait">Lets time pass, or throws where the term is over.</param>
/// <exception cref="PublisherLostException">Kafka refuses, or another process takes over.</exception>
internal delegate VersionDesk OpenDesk(Action<TimeSpan> wait);

/// <summary>Opens desks over the models topic of the deployment.</summary>
internal sealed class DeskFactory(
    ForecasterOptions options, NetworkForm form, VersionFeed versions, ModelsService models)
{
    /// <inheritdoc cref="OpenDesk"/>
    public VersionDesk Open(Action<TimeSpan> wait) =>
        new(form, versions, VersionDesk.LetsChange(options) ? models.OpenPublisher(wait) : null);
}
