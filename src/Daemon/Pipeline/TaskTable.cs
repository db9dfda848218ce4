using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Serving;
using Streaming.Daemon.Tuning;

namespace Streaming.Daemon.Pipeline;

/// <summary>The tasks of a forecasting lane; says where they are more than memory is meant for, and has the trainer's
/// seat while it holds the partition that goes with it.</summary>
internal sealed partial class TaskTable(
    ForecasterOptions options, TaskFactory factory, IKafkaPort port, SeriesHistory history, LaneHealth health,
    Func<int, PartitionTask?, Opening<PartitionTask>> open, ILogger logger)
    : PartitionTable<PartitionTask>(open, port, health)
{
    private long trainerTerm;

    protected override void Opened()
    {
        if (trainerTerm == 0 && Contains(TrainerSeat.Partition))
        {
            trainerTerm = factory.Seat.Take();
        }

        int lanes = LaneService.LaneCount(options);
        int atLeast = ((All.Length - 1) * lanes) + 1; // groups spread partitions evenly over their members
        long bound = options.Pipeline.MaxStateBytes, mostBytes = atLeast * factory.Room.Bytes;
        if (bound > 0 && mostBytes > bound)
        {
            LogTooManyPartitions(All.Length, lanes, mostBytes, bound);
        }
    }

    protected override void Closed(int partition)
    {
        history.Forget(partition);
        if (partition == TrainerSeat.Partition)
        {
            factory.Seat.Leave(trainerTerm);
            trainerTerm = 0;
        }
    }

    [LoggerMessage(122, LogLevel.Warning,
        "This lane, of {Lanes}, holds {Count} partitions: those of the process take {MostBytes} bytes or more when full, "
        + "Pipeline:MaxStateBytes is {Bound}. Add instances, or set Pipeline:MaxPartitions to what one of them may come to "
        + "hold")]
    private partial void LogTooManyPartitions(int count, int lanes, long mostBytes, long bound);
}
