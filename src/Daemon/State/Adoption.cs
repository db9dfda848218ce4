namespace Streaming.Daemon.State;

/// <summary>A version came into force.</summary>
/// <param name="Version">Name of the version.</param>
/// <param name="Offset">First record processed under it.</param>
/// <param name="StreamTimeTicks">Stream time of the task then, in ticks.</param>
internal sealed record Adoption(string Version, long Offset, long StreamTimeTicks);
