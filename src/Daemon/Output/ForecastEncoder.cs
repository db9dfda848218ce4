using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;
using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Output;

/// <summary>Writes forecasts as JSON: fields always in the same order, no blanks.</summary>
/// <remarks>Allocates nothing but the buffer's growth. Immutable: lanes may share one. Numbers that are not finite are
/// null; the value reads back exactly, forecasts and quantiles have ten significant digits.</remarks>
internal sealed class ForecastEncoder
{
    private readonly int horizonCount;
    private readonly byte[][] beforeLevels; // [Q] what stands before the numbers of level q
    private readonly byte[] afterLevels; // from the end of the last level, or of yhat, to the score
    private readonly byte[][] origins; // [statuses] from the end of the model to the partition
    private readonly byte[][] experts; // [E] names with quotes and colon
    private readonly int maxOwnBytes; // what a message takes beside the id, step and model

    /// <param name="horizons">Horizons in steps, [K].</param>
    /// <param name="quantiles">Quantile levels, [Q]; none is fine.</param>
    /// <param name="inputTopic">Topic of the records the forecasts come from.</param>
    /// <param name="experts">Names of the experts whose weights are told, [E]; none is fine.</param>
    public ForecastEncoder(
        IReadOnlyList<int> horizons, IReadOnlyList<double> quantiles, string inputTopic,
        ReadOnlySpan<string> experts = default)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        ArgumentNullException.ThrowIfNull(quantiles);
        ArgumentNullException.ThrowIfNull(inputTopic);
        horizonCount = horizons.Count;

        string list = $"],\"horizons\":[{string.Join(',', horizons)}],\"quantiles\":{{";
        beforeLevels = [.. quantiles.Select((level, q) => Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(q == 0 ? list : "],")}\"{level}\":[")))];
        afterLevels = Encoding.UTF8.GetBytes((quantiles.Count == 0 ? list : "]") + "},\"anomaly\":{\"score\":");

        string topic = Encoding.UTF8.GetString(JsonText.Quote(inputTopic));
        origins = [.. Enum.GetValues<SeriesStatus>().Select(status => Encoding.UTF8.GetBytes(
            $",\"status\":\"{Name(status)}\",\"origin\":{{\"topic\":{topic},\"partition\":"))];

        this.experts = new byte[experts.Length][];
        for (int e = 0; e < experts.Length; e++)
        {
            this.experts[e] = Encoding.UTF8.GetBytes($"\"{experts[e]}\":");
        }

        const int Rest = 160; // the short constant parts, together
        int numbers = (horizonCount * (quantiles.Count + 1)) + experts.Length + 4;
        maxOwnBytes = Rest + TimeText.MaxBytes + (numbers * (NumberText.MaxBytes + 1))
            + this.experts.Sum(name => name.Length) + beforeLevels.Sum(text => text.Length) + afterLevels.Length + origins.Max(text => text.Length);
    }

    /// <summary>Appends one forecast to the buffer.</summary>
    /// <exception cref="ArgumentException">Yhat is not [K] or Quantiles not [Q×K].</exception>
    public void Write(in ForecastView forecast, Utf8Buffer buffer)
    {
        int levels = beforeLevels.Length;
        if (forecast.Yhat.Length != horizonCount || forecast.Quantiles.Length != levels * horizonCount)
        {
            throw new ArgumentException(
                $"The encoder writes {horizonCount} horizons and {levels} quantile levels.", nameof(forecast));
        }

        var writer = new SpanWriter(buffer.Reserve(
            maxOwnBytes + forecast.JsonId.Length + forecast.Unit.Length + forecast.StepJson.Length
            + forecast.ModelJson.Length));
        writer.Put("{\"series\":"u8);
        writer.Put(forecast.JsonId);
        writer.Put(",\"time\":\""u8);
        writer.PutTime(forecast.TimeTicks);
        writer.Put("\",\"value\":"u8);
        writer.PutShortest(forecast.Value);
        if (!forecast.Unit.IsEmpty)
        {
            writer.Put(",\"unit\":\""u8);
            writer.Put(forecast.Unit);
            writer.Put("\""u8);
        }

        writer.Put(",\"step\":"u8);
        writer.Put(forecast.StepJson);
        writer.Put(",\"yhat\":["u8);
        writer.PutRounded(forecast.Yhat);
        for (int q = 0; q < levels; q++)
        {
            writer.Put(beforeLevels[q]);
            writer.PutRounded(forecast.Quantiles.Slice(q * horizonCount, horizonCount));
        }

        writer.Put(afterLevels);
        writer.PutScore(forecast.Score);
        writer.Put(AlarmOf(forecast.Alarm));
        writer.Put(forecast.ModelJson);
        if (!forecast.Weights.IsEmpty)
        {
            PutWeights(ref writer, forecast.Weights);
        }

        writer.Put(origins[(int)forecast.Status]);
        writer.PutInteger(forecast.Partition);
        writer.Put(",\"offset\":"u8);
        writer.PutInteger(forecast.Offset);
        writer.Put("}}"u8);
        buffer.Advance(writer.Count);
    }

    /// <summary>Weights to three digits, without those that are zero then.</summary>
    private void PutWeights(ref SpanWriter writer, ReadOnlySpan<float> weights)
    {
        writer.Put(",\"experts\":{"u8);
        bool isFirst = true;
        for (int e = 0; e < experts.Length; e++)
        {
            double weight = Math.Round((double)weights[e], 3);
            if (weight > 0)
            {
                writer.Put(isFirst ? default : ","u8);
                writer.Put(experts[e]);
                writer.PutScore(weight);
                isFirst = false;
            }
        }

        writer.Put("}"u8);
    }

    /// <summary>From the end of the score to the model.</summary>
    private static ReadOnlySpan<byte> AlarmOf(AnomalyKind kind) => kind switch
    {
        AnomalyKind.None => ",\"is\":false},\"model\":"u8,
        AnomalyKind.Spike => ",\"is\":true,\"kind\":\"spike\"},\"model\":"u8,
        AnomalyKind.LevelShift => ",\"is\":true,\"kind\":\"level-shift\"},\"model\":"u8,
        _ => ",\"is\":true,\"kind\":\"gap\"},\"model\":"u8,
    };

    private static string Name(SeriesStatus status) => status switch
    {
        SeriesStatus.Cold => "cold",
        SeriesStatus.Warm => "warm",
        SeriesStatus.BurnIn => "burn-in",
        _ => "missing",
    };
}
