using Integration.Harness;

namespace Streaming.Contract;

/// <summary>A theory of the contract that the embedded cluster can't show.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TransactionTheoryAttribute : TheoryAttribute
{
    public TransactionTheoryAttribute() => Skip = HollowTransactions.ReasonToSkip;
}
