namespace Simulation.Schedules;

/// <summary>A task's decision for a version.</summary>
/// <param name="Offset">First record it is in force for.</param>
/// <param name="StreamTime">The task's stream time at the decision.</param>
/// <param name="Version">The version, from 1.</param>
internal readonly record struct Adoption(long Offset, long StreamTime, int Version);
