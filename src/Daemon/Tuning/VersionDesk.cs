using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Tuning;

/// <summary>Puts versions in force during one term of the trainer: publishes them, and lanes hear of them as those of
/// all processes do, from the models topic.</summary>
/// <param name="form">What weights are published for.</param>
/// <param name="versions">The version in force.</param>
/// <param name="publisher">Open; null where versions may not change. Disposed with this.</param>
internal sealed class VersionDesk(NetworkForm form, VersionFeed versions, ModelsPublisher? publisher)
    : IDisposable
{
    private int? previous;
    private int known = versions.Newest.Id;

    /// <summary>The version in force.</summary>
    public ModelVersion Current => versions.Newest;

    /// <summary>Whether versions may go live at all.</summary>
    public bool MayChange => publisher is not null;

    /// <summary>Whether somebody else has put a version in force: what is trained here was trained on from another.
    /// </summary>
    public bool IsOvertaken => Current.Id != known;

    /// <summary>Whether a configuration lets versions go live.</summary>
    public static bool LetsChange(ForecasterOptions options) =>
        options.Training is { Mode: TrainingMode.On, Pin: null };

    /// <summary>Puts new weights in force; returns when they are.</summary>
    /// <exception cref="PublisherLostException">This process can't publish any more; see there.</exception>
    public void Promote(ModelParameters parameters, string why)
    {
        (int before, previous) = (Current.Id, null);
        known = Publisher.Publish(new(parameters, form, before, why));
        previous = before;
    }

    /// <summary>Puts the version before back in force; returns when it is.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="PublisherLostException">As for <see cref="Promote"/>.</exception>
    public void RollBack(string why)
    {
        int before = previous ?? throw new InvalidOperationException("There is no version to go back to.");
        Publisher.RollBack(before, why);
        (known, previous) = (before, null);
    }

    public void Dispose() => publisher?.Dispose();

    private ModelsPublisher Publisher =>
        publisher ?? throw new InvalidOperationException("Versions may not change here.");
}
