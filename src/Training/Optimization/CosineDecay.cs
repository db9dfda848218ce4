namespace Streaming.Training.Optimization;

/// <summary>
/// Factor on the step size that falls from 1 along half a cosine. Source: Loshchilov and Hutter 2017.
/// </summary>
/// <param name="Updates">Updates until the factor is at its floor, where it stays.</param>
/// <param name="Floor">Last factor.</param>
internal readonly record struct CosineDecay(int Updates, double Floor)
{
    /// <summary>floor + (1 - floor) · (1 + cos(π n / updates)) / 2, for update n = 0, 1, ….</summary>
    public double FactorAt(int update) =>
        update >= Updates ? Floor : Floor + ((1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * update / Updates)));
}
