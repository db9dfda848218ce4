namespace Streaming.Inference.Experts;

/// <summary>The last values of the other members of a group, as features of a linear expert.</summary>
internal static class GroupFeatures
{
    /// <summary>Features in all.</summary>
    public static int CountOf(int members, int lagSteps) => Math.Max(members - 1, 0) * lagSteps;

    /// <summary>Takes the newest of what a step has seen of each other member.</summary>
    /// <param name="seen">Of each other member, [<see cref="SeriesGroup.LagSteps"/>]; or none.</param>
    /// <param name="lagSteps">How many of each.</param>
    /// <param name="features">Receives them, [<see cref="CountOf"/>]; 0 where nothing was seen.</param>
    public static void Take(ReadOnlySpan<double> seen, int lagSteps, Span<double> features)
    {
        features.Clear();
        for (int from = 0, to = 0; from < seen.Length; from += SeriesGroup.LagSteps, to += lagSteps)
        {
            seen.Slice(from, lagSteps).CopyTo(features[to..]);
        }
    }
}
