namespace Streaming.Daemon.State;

/// <summary>What was read back of a partition; its series are in the task's table.</summary>
/// <param name="Marker">How far it was.</param>
/// <param name="Lives">Lives that ended since low water, by series id.</param>
/// <param name="Damaged">Series whose record was damaged; they are cold. Also ends of lives.</param>
/// <param name="Changed">Series whose rules have given them another form since; they are cold.</param>
/// <param name="IsExact">Whether all of it is of one commit: not where a process that delivers at least once may have ended
/// between storing series, marker and ends of lives.</param>
internal sealed record RestoredState(
    Marker Marker, IReadOnlyDictionary<byte[], Life[]> Lives, int Damaged, int Changed, bool IsExact);
