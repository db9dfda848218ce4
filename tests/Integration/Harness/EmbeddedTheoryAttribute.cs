namespace Integration.Harness;

/// <summary>A theory on brokers of its own, as <see cref="EmbeddedFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EmbeddedTheoryAttribute : TheoryAttribute
{
    public EmbeddedTheoryAttribute()
    {
        Skip = EmbeddedFactAttribute.ReasonToSkip;
    }
}
