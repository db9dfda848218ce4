using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.Models;

/// <summary>Gives a models topic that lacks one its champion: the model that a deployment starts with, or a file's that
/// the topic does not know yet.</summary>
/// <remarks>Any process may. Of two at once the second fences the first, which then finds what the second has
/// published.</remarks>
internal sealed partial class FirstVersion(
    ForecasterOptions options, FirstModel first, NetworkForm form, ILogger<FirstVersion> logger)
{
    private const int MostRefusals = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string hash = VersionManifest.HashOf(first.Parameters);

    /// <summary>Reads the topic to its end, and publishes what it lacks.</summary>
    /// <param name="reading">Reads the topic.</param>
    /// <param name="create">Makes a publisher that is not open yet.</param>
    /// <exception cref="PublisherLostException">Kafka refuses for good.</exception>
    public void Ensure(ModelsReading reading, Func<ModelsPublisher> create)
    {
        reading.ReadToEnd();
        for (int refusals = 0; Lacks(reading.View);)
        {
            try
            {
                Publish(create);
            }
            catch (PublisherLostException e) when (e.IsFenced || ++refusals < MostRefusals)
            {
                LogAgain(e.Message);
                reading.Wait(Pause);
                reading.ReadToEnd();
            }
        }
    }

    /// <summary>Whether there is no champion, or the file that is configured is in no version.</summary>
    internal bool Lacks(CatalogView view) =>
        view.InForce is null || (options.Model.File is not null && !view.Versions.Values.Any(version =>
            version.Whole?.Manifest is { } known && known.Hash == hash && known.Form == form));

    private void Publish(Func<ModelsPublisher> create)
    {
        using ModelsPublisher publisher = create();
        publisher.Open();
        if (Lacks(publisher.View))
        {
            int id = publisher.Publish(new(first.Parameters, form, Base: 0, first.Source));
            LogPublished(id, first.Source);
        }
    }

    [LoggerMessage(224, LogLevel.Information, "Version {Version} is published: {Source}")]
    private partial void LogPublished(int version, string source);

    [LoggerMessage(225, LogLevel.Warning,
        "The first version is not published yet, the models topic is read again: {Reason}")]
    private partial void LogAgain(string reason);
}
