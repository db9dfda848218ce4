using Simulation.Port;

namespace Simulation.Schedules;

/// <summary>What a process is started with.</summary>
/// <param name="Port">Its port; the schedule kills it with the process.</param>
/// <param name="Clock">The simulation's clock.</param>
/// <param name="Partitions">Partitions of the input at first; those that come later have no state partition.</param>
/// <param name="Adopts">Whether it adopts new versions; the reference run goes by its markers' timelines alone.</param>
/// <param name="Events">Where rare events are noted.</param>
internal sealed record ProcessStart(
    SimulatedPort Port, TimeProvider Clock, int Partitions, bool Adopts, EventCounts Events);
