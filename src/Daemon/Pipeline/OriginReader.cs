using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Repartition;

namespace Streaming.Daemon.Pipeline;

/// <summary>Tells which record of the input a record is: itself, or the one that it was repartitioned from.</summary>
internal sealed class OriginReader(LaneInput input)
{
    public RecordOrigin Of(RecordBatch batch, int record) =>
        input.IsRepartitioned && RepartitionMessage.TryRead(batch.Value(record), out RepartitionMessage message)
            ? message.Origin
            : new(batch.Partitions[record], batch.Offsets[record], batch.TimestampsMs[record]);
}
