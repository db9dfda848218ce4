using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>The tasks of a forecasting lane; says where they are more than memory is meant for.</summary>
internal sealed partial class TaskTable(
    ForecasterOptions options, TaskFactory factory, IKafkaPort port, PartitionStarts starts, ILogger logger)
    : PartitionTable<PartitionTask>(factory.Create, port, starts)
{
    protected override void Opened()
    {
        long bound = options.Pipeline.MaxStateBytes, mostBytes = All.Count * factory.Room.Bytes;
        if (bound > 0 && mostBytes > bound)
        {
            LogTooManyPartitions(All.Count, mostBytes, bound);
        }
    }

    [LoggerMessage(122, LogLevel.Warning,
        "The {Count} partitions of this lane take up to {MostBytes} bytes when full, Pipeline:MaxStateBytes is "
        + "{Bound}: add instances, or set Pipeline:MaxPartitions to what one of them may come to hold")]
    private partial void LogTooManyPartitions(int count, long mostBytes, long bound);
}
