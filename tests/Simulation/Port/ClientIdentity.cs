namespace Simulation.Port;

/// <summary>Who a port is to the brokers.</summary>
/// <param name="TransactionalId">Stable over restarts.</param>
/// <param name="InstanceId">group.instance.id of a static member; null for a dynamic one.</param>
internal sealed record ClientIdentity(string TransactionalId, string? InstanceId = null)
{
    /// <summary>group.id.</summary>
    public string Group { get; init; } = "group";

    /// <summary>transaction.timeout.ms.</summary>
    public long TransactionTimeoutMs { get; init; } = 15_000;

    /// <summary>max.poll.interval.ms: whoever does not poll for so long is missed by the group.</summary>
    public long MaxPollMs { get; init; } = 300_000;
}
