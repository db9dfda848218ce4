using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>What one step gave.</summary>
internal sealed record StepResult(
    PendingStep Step, double[] Yhat, double[] Quantiles, double Score, AnomalyKind Alarm, SeriesStatus Status)
{
    /// <summary>All of it but the series and its origin, as bits, so that NaN equals itself and −0 is not 0.</summary>
    public long[] Bits =>
    [
        Step.TimeTicks, BitConverter.DoubleToInt64Bits(Step.Value), Step.IsHeld ? 1 : 0, Step.Restarts ? 1 : 0,
        .. Yhat.Select(BitConverter.DoubleToInt64Bits), .. Quantiles.Select(BitConverter.DoubleToInt64Bits),
        BitConverter.DoubleToInt64Bits(Score), (long)Alarm, (long)Status,
        .. (Step.Unit is null ? [] : Step.Unit.Text.ToArray()).Select(letter => (long)letter),
    ];
}
