using Simulation.Log;
using Simulation.Port;

namespace Simulation.Models;

/// <summary>What goes wrong while versions are published: any call may fail, kill its process, take long, or find that
/// another process has published meanwhile.</summary>
internal sealed class PublishingFate(SimulatedCluster cluster, SeededRandom random) : IFate
{
    private const int MostDepth = 2;

    private int depth;

    /// <summary>Another process, which lives on the same stack.</summary>
    public Action Other { get; set; } = () => { };

    public bool IsCalm { get; set; }

    public bool Delays() => !IsCalm && random.OneIn(5);

    public long MarkDelayMs() => !IsCalm && random.OneIn(3) ? random.Below(3_000) : 0;

    /// <summary>In calm the onlooker looks, at each record by itself.</summary>
    public int Amount(int most) => IsCalm || most <= 1 ? Math.Min(1, most) : random.Between(1, most);

    public PortFault At(SimulatedPort port, PortCall call)
    {
        if (IsCalm)
        {
            return PortFault.None;
        }

        switch (random.Below(150))
        {
            case 0:
                port.Kill();
                break;
            case 1:
                cluster.Advance(random.Below(20_000)); // the transaction may time out
                break;
            case 2 when depth < MostDepth:
                depth++;
                Other();
                depth--;
                break;
        }

        return FaultOf(call);
    }

    private PortFault FaultOf(PortCall call) => (call, random.Below(40)) switch
    {
        (PortCall.Produce or PortCall.Watermarks, 0) => PortFault.Retriable,
        (PortCall.Flush or PortCall.Init, < 2) => PortFault.Retriable,
        (PortCall.Init, 3) => PortFault.RetriableButDone,
        (PortCall.Flush, 2) => PortFault.Abortable,
        (PortCall.AbortTransaction, < 4) => random.OneIn(2) ? PortFault.Retriable : PortFault.RetriableButDone,
        (PortCall.CommitTransaction, < 12) => random.Below(6) switch
        {
            0 => PortFault.Retriable,
            1 => PortFault.RetriableButDone,
            2 => PortFault.Abortable,
            3 => PortFault.AbortableButDone,
            4 => PortFault.Fatal,
            _ => PortFault.FatalButDone,
        },
        _ => PortFault.None,
    };
}
