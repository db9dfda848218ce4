using Simulation.Port;

namespace Simulation.Schedules;

/// <summary>A place in the deployment: one identity, and the process that has it now.</summary>
internal sealed class Slot(ClientIdentity identity)
{
    public ClientIdentity Identity => identity;

    /// <summary>Its port; null while no process runs.</summary>
    public SimulatedPort? Port { get; set; }

    /// <summary>Its process; made in its first turn.</summary>
    public IProcess? Process { get; set; }

    /// <summary>In the middle of a turn, at a call of its port.</summary>
    public bool IsOnStack { get; set; }

    /// <summary>Stands still until then, ms.</summary>
    public long PausedUntilMs { get; set; }

    /// <summary>Is started again then, ms.</summary>
    public long StartAtMs { get; set; }

    /// <summary>Stood still for longer than a session lasts.</summary>
    public bool WasZombie { get; set; }

    /// <summary>Another process has its identity by now; it is not started again.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Turns since the process was started.</summary>
    public int Turns { get; set; }
}
