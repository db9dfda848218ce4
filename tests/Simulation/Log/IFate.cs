using Simulation.Port;

namespace Simulation.Log;

/// <summary>Decides whatever the real world would: what fails, what is late, how much of something happens.</summary>
internal interface IFate
{
    /// <summary>Asked at the beginning of every call of a port; others may run meanwhile.</summary>
    /// <exception cref="ProcessKilledException">The process is dead from here on.</exception>
    PortFault At(SimulatedPort port, PortCall call);

    /// <summary>Whether something that could happen now takes longer.</summary>
    bool Delays();

    /// <summary>How long a mark of a transaction is on its way, at least.</summary>
    long MarkDelayMs();

    /// <summary>How much happens, of so much that could; at least 1 of 1 or more.</summary>
    int Amount(int most);
}
