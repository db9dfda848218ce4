using System.Text;
using Streaming.Daemon.Decoding;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Decoding;

/// <summary>An observation that outlives its list.</summary>
internal sealed record Decoded(string Series, long TimeTicks, double Value, ValueKind Kind, long StartTicks)
{
    public string Unit { get; init; } = "";

    /// <summary>Decodes a record without key.</summary>
    public static (RejectReason Reason, Decoded[] Observations) By(IRecordDecoder decoder, ReadOnlySpan<byte> value)
    {
        var observations = new ObservationList();
        RejectReason reason = decoder.Decode(new InputRecord { Value = value }, observations);
        return (reason, reason == RejectReason.None ? All(observations) : []);
    }

    public static Decoded[] All(ObservationList observations)
    {
        var all = new Decoded[observations.Count];
        for (int i = 0; i < all.Length; i++)
        {
            Observation observation = observations[i];
            all[i] = new(
                Encoding.UTF8.GetString(observation.SeriesId), observation.TimeTicks, observation.Value,
                observation.Kind, observation.StartTicks)
            {
                Unit = Encoding.UTF8.GetString(observation.Unit),
            };
        }

        return all;
    }
}
