using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>Scores each value of a series against what was expected of it, and decides when to raise an alarm.</summary>
/// <remarks>
/// Three views of a value, in one unit: how far it falls from its forecast among the errors of this series
/// (<see cref="TailTracker"/>), how far it lies outside all values remembered, and how far the level it makes lies
/// outside all levels (<see cref="LevelTracker"/>); and one of the gap before it. The score tells the largest.
/// Constants have one value for all series: docs/decisions/0021-anomalies-by-own-history.md.
/// </remarks>
internal struct AnomalyTracker
{
    private const double LeastRange = 1e-6; // of the scale

    private TailTracker errors;
    private RangeTracker values;
    private LevelTracker levels;
    private GapTracker gaps;
    private UsualTimes usual;
    private AlarmGate gate;

    /// <summary>Judges one value, then learns it.</summary>
    /// <param name="value">The value and what was expected.</param>
    /// <param name="threshold">Score from which it is an anomaly.</param>
    /// <param name="refractorySteps">Values for which the series is quiet after an alarm, at least 1.</param>
    public AnomalyVerdict Judge(in Deviation value, double threshold, int refractorySteps)
    {
        double least = LeastRange * value.Scale;
        double error = double.IsNaN(value.Error) ? 0 : errors.Judge(value.Error);
        double spike = Math.Max(error, values.Judge(value.Value, least));
        double shift = levels.Judge(value.FarError, least), gap = gaps.Judge(value.GapSteps);
        double tempered = usual.Temper(Math.Max(spike, shift), value.TimeOfSeason);
        (spike, shift) = (Math.Min(spike, tempered), Math.Min(shift, tempered));
        AnomalyKind alarm = gate.Judge(spike, shift, gap, threshold, refractorySteps);
        return new(Surprise.ScoreOf(Math.Max(tempered, gap)), alarm, Surprise.WeightOf(Math.Min(error, tempered)));
    }

    /// <summary>Begins anew where forecasts do: their errors are measured in another scale then. What values there have
    /// been is still so, and alarms that were raised still bound the next.</summary>
    public void Restart()
    {
        errors = default;
        levels.Restart();
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        errors.WriteTo(writer);
        values.WriteTo(writer);
        levels.WriteTo(writer);
        gaps.WriteTo(writer);
        usual.WriteTo(writer);
        gate.WriteTo(writer);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        errors.ReadFrom(ref reader);
        values.ReadFrom(ref reader);
        levels.ReadFrom(ref reader);
        gaps.ReadFrom(ref reader);
        usual.ReadFrom(ref reader);
        gate.ReadFrom(ref reader);
    }
}
