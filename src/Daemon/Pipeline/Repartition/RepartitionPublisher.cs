using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>Produces observations to the repartition topic, each to the partition of its series, or of its group.</summary>
/// <remarks>The producer is idempotent: those of one series that come from one partition keep their order.</remarks>
/// <param name="topic">The repartition topic.</param>
/// <param name="partitions">Its partitions, as they were at the start: a topic that grows must not move series.</param>
/// <param name="names">Hash of the covariates' names.</param>
/// <param name="groups">Which series belong together.</param>
/// <param name="outbox">Takes the messages.</param>
internal sealed class RepartitionPublisher(
    string topic, int partitions, uint names, GroupBook groups, Outbox outbox)
{
    private readonly ProduceTarget target = outbox.Target(topic);

    /// <summary>Produces the observations of one record.</summary>
    public void Publish(ObservationList observations, in RecordOrigin origin)
    {
        Span<byte> value = stackalloc byte[RepartitionMessage.MostBytes];
        for (int i = 0; i < observations.Count; i++)
        {
            Observation observation = observations[i];
            var message = new RepartitionMessage(
                observation.TimeTicks, observation.Value, observation.Kind, observation.StartTicks, origin);
            message.Write(value);
            int length = RepartitionMessage.WriteCovariates(value, names, observation.Covariates);
            length = RepartitionMessage.WriteUnit(value, length, observation.Unit);
            int partition = Murmur2.PartitionOf(groups.PartitionKeyOf(observation.SeriesId), partitions);
            outbox.Send(
                origin.Partition, target, partition, observation.SeriesId, value[..length], null, origin.TimestampMs);
        }
    }
}
