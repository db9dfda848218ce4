namespace Integration.Harness;

/// <summary>A fact that stops and starts brokers: embedded ones, or others by <see cref="BrokerCommand"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StoppableFactAttribute : FactAttribute
{
    public StoppableFactAttribute()
    {
        Skip = TestCluster.IsEmbedded || BrokerCommand.IsGiven
            ? null
            : $"It stops brokers: for those of {TestCluster.Variable} set {BrokerCommand.Variable}, too.";
    }
}
