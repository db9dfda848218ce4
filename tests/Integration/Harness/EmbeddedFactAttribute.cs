namespace Integration.Harness;

/// <summary>A fact that stops and starts brokers, which only the embedded cluster allows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute()
    {
        Skip = TestCluster.IsEmbedded ? null : $"It stops brokers, so not those of {TestCluster.Variable}.";
    }
}
