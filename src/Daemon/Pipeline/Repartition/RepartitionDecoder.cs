using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>Reads messages of the repartition topic.</summary>
/// <remarks>Covariates of another number than are configured now are left out. Not thread-safe.</remarks>
/// <param name="covariateCount">Covariates of the input, C.</param>
internal sealed class RepartitionDecoder(int covariateCount) : IRecordDecoder
{
    private readonly double[] covariates = new double[covariateCount];

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        if (!RepartitionMessage.TryRead(record.Value, out RepartitionMessage message)
            || observations.SetSeries(record.Key) != RejectReason.None)
        {
            return RejectReason.NotRepartitioned;
        }

        bool hasCovariates = RepartitionMessage.TryReadCovariates(record.Value, covariates);
        observations.SetCovariates(hasCovariates ? covariates : []);
        RejectReason reason = observations.Add(message.TimeTicks, message.Value, message.Kind, message.StartTicks);
        return reason == RejectReason.None ? reason : RejectReason.NotRepartitioned;
    }
}
