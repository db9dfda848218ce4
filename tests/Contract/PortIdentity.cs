using Streaming.Daemon.Configuration;

namespace Streaming.Contract;

/// <summary>Who a port is, to the group and to the coordinator of transactions.</summary>
/// <param name="Application">The group.</param>
/// <param name="Instance">Together with the application, the transactional id.</param>
internal sealed record PortIdentity(string Application, string Instance)
{
    public DeliveryMode Delivery { get; init; } = DeliveryMode.ExactlyOnce;

    /// <summary>A member that is replaced by the next one of its name, and missed for a while before that.</summary>
    public bool IsStatic { get; init; }

    /// <summary>The group throws the member out where it is not polled for some seconds.</summary>
    public bool MustPoll { get; init; }

    /// <summary>When the coordinator aborts what is still open.</summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
