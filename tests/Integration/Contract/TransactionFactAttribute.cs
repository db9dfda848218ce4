using Integration.Harness;

namespace Streaming.Contract;

/// <summary>A fact of the contract that the embedded cluster can't show.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TransactionFactAttribute : FactAttribute
{
    public TransactionFactAttribute() => Skip = HollowTransactions.ReasonToSkip;
}
