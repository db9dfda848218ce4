namespace Streaming.Training.Optimization;

/// <summary>Factor on the step size that rises linearly to 1 over the first updates.</summary>
/// <param name="Updates">Updates until the factor is 1; 0 for none.</param>
internal readonly record struct WarmUp(int Updates)
{
    /// <summary>(n + 1) / updates, at most 1, for update n = 0, 1, ….</summary>
    public double FactorAt(int update) => update + 1 >= Updates ? 1 : (update + 1.0) / Updates;
}
