namespace Streaming.Inference.Anomalies;

/// <summary>What is said of one value.</summary>
/// <param name="Score">Probability of a lesser surprise, in [0, 1].</param>
/// <param name="Alarm">What the alarm that it raises is about; none: it raises none.</param>
/// <param name="Weight">How much it should teach, in (0, 1]: less, the odder it is.</param>
internal readonly record struct AnomalyVerdict(double Score, AnomalyKind Alarm, double Weight)
{
    /// <summary>Of a value that nothing odd can be said of.</summary>
    public static AnomalyVerdict Nothing => new(0, AnomalyKind.None, 1);
}
