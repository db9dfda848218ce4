namespace Streaming.Training.Preparation;

/// <summary>A series as it was found, in a file for example: nothing cleaned, nothing filled.</summary>
/// <param name="Id">Series id.</param>
/// <param name="Hash">Hash of the id.</param>
/// <param name="TimeTicks">UTC times in ticks of 100 ns, [N], ascending; equal ones share a step.</param>
/// <param name="Values">Values, [N]; NaN where one is missing.</param>
public sealed record RawSeries(string Id, ulong Hash, long[] TimeTicks, double[] Values)
{
    /// <summary>Values that come with each, [N, C], NaN where it lacks one; empty where there are none.</summary>
    public double[] Covariates { get; init; } = [];

    /// <summary>What comes with one value, [C].</summary>
    public ReadOnlySpan<double> With(int n)
    {
        int count = Covariates.Length / Values.Length;
        return Covariates.AsSpan(n * count, count);
    }
}
