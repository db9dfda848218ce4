namespace Integration.Harness;

/// <summary>A fact that makes brokers refuse requests, or stands in front of them: only the embedded cluster lets
/// it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute()
    {
        Skip = ReasonToSkip;
    }

    /// <summary>Why such a test is skipped; null where it is not.</summary>
    public static string? ReasonToSkip =>
        TestCluster.IsEmbedded ? null : $"It needs brokers of its own, not those of {TestCluster.Variable}.";
}
