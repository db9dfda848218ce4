using Streaming.Inference.Kernels;

namespace Streaming.Inference.Anomalies;

/// <summary>The unit in which views of a value are compared: −ln of the probability of something as odd.</summary>
internal static class Surprise
{
    /// <summary>Surprise of what happens once in 50 steps: where tails begin.</summary>
    public const double Edge = 3.912023005428146;

    /// <summary>All that is larger counts as this.</summary>
    public const double Most = 1_000;

    /// <summary>Surprise up to which a value teaches in full: what happens once in 2,500 steps.</summary>
    private const double Trusted = 2 * Edge;

    private const double PerNat = 1.4426950408889634;

    /// <summary>Probability of a lesser surprise, in [0, 1].</summary>
    public static double ScoreOf(double surprise) => 1 - Exp2.Of((float)(-PerNat * surprise));

    /// <summary>How much a value of that surprise should teach, in (0, 1].</summary>
    public static double WeightOf(double surprise) => Math.Min(Trusted / Math.Max(surprise, Trusted), 1);
}
