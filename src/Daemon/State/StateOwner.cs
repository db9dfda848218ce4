namespace Streaming.Daemon.State;

/// <summary>Whose state it is: what every marker of a deployment says.</summary>
/// <param name="Application">The application.</param>
/// <param name="Cluster">Id of the cluster; empty where it tells none.</param>
/// <param name="InputTopic">Id of the topic that is forecast from, which one made anew under the same name does not
/// have; empty where the cluster tells none.</param>
/// <param name="Era">Configuration and arithmetic.</param>
internal sealed record StateOwner(string Application, string Cluster, string InputTopic, Era Era)
{
    /// <summary>Refuses the marker of something else.</summary>
    /// <exception cref="StateRefusedException">It is that.</exception>
    public void Check(Marker marker, int partition)
    {
        string? other = marker.Application != Application ? $"application '{marker.Application}'"
            : IsOther(marker.Cluster, Cluster) ? $"another cluster, '{marker.Cluster}'"
            : IsOther(marker.InputTopic, InputTopic) ? "an input topic of the same name that was made anew since"
            : null;
        if (other is not null)
        {
            throw new StateRefusedException($"The state of partition {partition} is that of {other}: {StateRefusedException.ToDrop}.");
        }
    }

    private static bool IsOther(string written, string own) => written.Length > 0 && own.Length > 0 && written != own;
}
