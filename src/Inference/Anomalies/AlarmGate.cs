using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>Which surprises of one series raise an alarm.</summary>
/// <remarks>
/// Those that reach the threshold, but after an alarm the series stays quiet for the refractory steps, unless the
/// surprise is exceeded. A level that has shifted is told all the same after the spike that it began as, and then keeps
/// spikes quiet; gaps and values do not keep each other quiet. Whatever happens, a series raises at most three alarms,
/// and one more for each refractory time that has passed: a bound that follows from its own values alone.
/// </remarks>
internal struct AlarmGate
{
    private const int MostAlarms = 3;

    private Quiet spikes;
    private Quiet shifts;
    private Quiet gaps;
    private long owedSteps;

    /// <summary>Decides about one value.</summary>
    /// <param name="spike">Surprise of the value itself.</param>
    /// <param name="shift">Of the level it makes.</param>
    /// <param name="gap">Of the gap before it.</param>
    /// <param name="threshold">Score from which there is an alarm.</param>
    /// <param name="refractorySteps">Values for which it stays quiet, at least 1.</param>
    public AnomalyKind Judge(double spike, double shift, double gap, double threshold, int refractorySteps)
    {
        bool mayAlarm = owedSteps <= (MostAlarms - 1L) * refractorySteps;
        bool isGap = mayAlarm && gaps.Lets(gap, threshold);
        bool isShift = mayAlarm && shifts.Lets(shift, threshold);
        bool isSpike = mayAlarm && spikes.Lets(spike, threshold);
        AnomalyKind kind = isGap ? AnomalyKind.Gap : isShift ? AnomalyKind.LevelShift : isSpike ? AnomalyKind.Spike
            : AnomalyKind.None;
        gaps.Pass(isGap, gap, refractorySteps);
        shifts.Pass(isShift, shift, refractorySteps);
        spikes.Pass(isSpike || isShift, Math.Max(spike, isShift ? shift : 0), refractorySteps);
        owedSteps = Math.Max(owedSteps - 1, 0) + (kind == AnomalyKind.None ? 0 : refractorySteps);
        return kind;
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        spikes.WriteTo(writer);
        shifts.WriteTo(writer);
        gaps.WriteTo(writer);
        writer.Write(owedSteps);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        spikes.ReadFrom(ref reader);
        shifts.ReadFrom(ref reader);
        gaps.ReadFrom(ref reader);
        owedSteps = reader.Read<long>();
    }

    /// <summary>How long one kind of alarm stays quiet, and what ends that.</summary>
    private struct Quiet
    {
        private double alarmed;
        private int steps;

        public readonly bool Lets(double surprise, double threshold) =>
            Surprise.ScoreOf(surprise) >= threshold && (steps == 0 || surprise > alarmed);

        public void Pass(bool isAlarm, double surprise, int refractorySteps) =>
            (alarmed, steps) = isAlarm ? (surprise, refractorySteps) : (alarmed, Math.Max(steps - 1, 0));

        public readonly void WriteTo(StateWriter writer)
        {
            writer.Write(alarmed);
            writer.Write(steps);
        }

        public void ReadFrom(ref StateReader reader)
        {
            alarmed = reader.Read<double>();
            steps = reader.Read<int>();
        }
    }
}
