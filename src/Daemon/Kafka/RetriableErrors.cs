using Confluent.Kafka;

namespace Streaming.Daemon.Kafka;

/// <summary>The errors after which the same request may succeed.</summary>
internal static class RetriableErrors
{
    private static readonly HashSet<ErrorCode> Codes =
    [
        ErrorCode.Local_TimedOut, ErrorCode.Local_TimedOutQueue, ErrorCode.Local_Transport,
        ErrorCode.Local_AllBrokersDown, ErrorCode.Local_WaitCoord, ErrorCode.Local_WaitCache,
        ErrorCode.Local_Resolve, ErrorCode.Local_Retry, ErrorCode.RequestTimedOut, ErrorCode.NetworkException,
        ErrorCode.GroupCoordinatorNotAvailable, ErrorCode.GroupLoadInProgress, ErrorCode.NotCoordinatorForGroup,
        ErrorCode.RebalanceInProgress, ErrorCode.LeaderNotAvailable, ErrorCode.NotLeaderForPartition,
        ErrorCode.BrokerNotAvailable, ErrorCode.ReplicaNotAvailable, ErrorCode.UnstableOffsetCommit,
    ];

    public static bool Contain(ErrorCode code) => Codes.Contains(code);
}
