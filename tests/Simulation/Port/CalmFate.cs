using Simulation.Log;

namespace Simulation.Port;

/// <summary>Nothing fails, nothing is late.</summary>
internal sealed class CalmFate : IFate
{
    public static readonly CalmFate Instance = new();

    public PortFault At(SimulatedPort port, PortCall call) => PortFault.None;

    public bool Delays() => false;

    public long MarkDelayMs() => 0;

    public int Amount(int most) => most;
}
