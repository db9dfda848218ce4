namespace Integration.Harness;

/// <summary>A fact that restarts brokers whose transactions are real.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RestartableFactAttribute : FactAttribute
{
    public RestartableFactAttribute()
    {
        Skip = HollowTransactions.ReasonToSkip
            ?? (BrokerCommand.IsGiven ? null : $"It restarts the brokers: set {BrokerCommand.Variable}, too.");
    }
}
