namespace Integration.Harness;

/// <summary>Why transactions can't be shown here.</summary>
internal static class HollowTransactions
{
    /// <summary>Null where they can.</summary>
    public static string? ReasonToSkip { get; } = TestCluster.IsEmbedded
        ? $"The embedded cluster's transactions are hollow, and its logs are not cut: set {TestCluster.Variable}."
        : null;
}
