using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>Reads messages of the repartition topic.</summary>
/// <remarks>Covariates of other names, or in another order, than are configured now are left out. Not
/// thread-safe.</remarks>
/// <param name="options">What the input's covariates are.</param>
/// <param name="ignored">Told of each observation whose covariates are left out.</param>
internal sealed class RepartitionDecoder(InputOptions options, Action ignored) : IRecordDecoder
{
    private readonly double[] covariates = new double[options.Covariates.Count];
    private readonly uint names = RepartitionMessage.HashOf(options);

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        if (!RepartitionMessage.TryRead(record.Value, out RepartitionMessage message)
            || observations.SetSeries(record.Key) != RejectReason.None)
        {
            return RejectReason.NotRepartitioned;
        }

        ReadOnlySpan<byte> value = record.Value;
        observations.SetUnit(RepartitionMessage.CutUnit(ref value));
        bool hasCovariates = RepartitionMessage.TryReadCovariates(value, names, covariates);
        if (!hasCovariates && value.Length > RepartitionMessage.Bytes)
        {
            ignored();
        }

        observations.SetCovariates(hasCovariates ? covariates : []);
        RejectReason reason = observations.Add(message.TimeTicks, message.Value, message.Kind, message.StartTicks);
        return reason == RejectReason.None ? reason : RejectReason.NotRepartitioned;
    }
}
