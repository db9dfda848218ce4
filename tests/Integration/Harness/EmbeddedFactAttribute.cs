namespace Integration.Harness;

/// <summary>A fact that makes brokers refuse requests, which only the embedded cluster does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute()
    {
        Skip = TestCluster.IsEmbedded ? null : $"It makes brokers refuse requests, so not those of {TestCluster.Variable}.";
    }
}
