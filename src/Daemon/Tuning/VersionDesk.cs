using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Tuning;

/// <summary>Puts versions in force: one volatile write each, which lanes read at their commits.</summary>
/// <remarks>One writer, the trainer's thread. A version that comes back keeps its number; no number is given twice.
/// </remarks>
internal sealed class VersionDesk(ForecasterOptions options, VersionFeed versions)
{
    private ModelVersion? previous;
    private int lastId = versions.Newest.Id;

    /// <summary>The version in force.</summary>
    public ModelVersion Current => versions.Newest;

    /// <summary>Whether versions may go live at all.</summary>
    public bool MayChange => options.Training is { Mode: TrainingMode.On, Pin: null };

    /// <summary>Number of a pinned version that is not the one in force; null where all is well.</summary>
    public int? MissingPin => options.Training.Pin is { } pin && pin != Current.Id ? pin : null;

    /// <summary>Puts new weights in force.</summary>
    public void Promote(ModelParameters parameters)
    {
        previous = versions.Newest;
        versions.Newest = new ModelVersion(++lastId, ModelWeights.Pack(parameters));
    }

    /// <summary>Puts the version before back in force.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public void RollBack()
    {
        versions.Newest = previous ?? throw new InvalidOperationException("There is no version to go back to.");
        previous = null;
    }
}
