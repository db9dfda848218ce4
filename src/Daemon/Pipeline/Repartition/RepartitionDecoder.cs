using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>Reads messages of the repartition topic.</summary>
internal sealed class RepartitionDecoder : IRecordDecoder
{
    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        if (!RepartitionMessage.TryRead(record.Value, out RepartitionMessage message)
            || observations.SetSeries(record.Key) != RejectReason.None)
        {
            return RejectReason.NotRepartitioned;
        }

        RejectReason reason = observations.Add(message.TimeTicks, message.Value, message.Kind, message.StartTicks);
        return reason == RejectReason.None ? reason : RejectReason.NotRepartitioned;
    }
}
