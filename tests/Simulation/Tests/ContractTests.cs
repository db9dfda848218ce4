using Simulation.Tests;

namespace Streaming.Contract;

public sealed class SimulatedFencingContractTests : FencingContract
{
    private protected override IContractBed OpenBed() => new SimulatedBed();
}

public sealed class SimulatedGroupContractTests : GroupContract
{
    private protected override IContractBed OpenBed() => new SimulatedBed();
}

public sealed class SimulatedReaderContractTests : ReaderContract
{
    private protected override IContractBed OpenBed() => new SimulatedBed();
}

public sealed class SimulatedRebalanceContractTests : RebalanceContract
{
    private protected override IContractBed OpenBed() => new SimulatedBed();
}

public sealed class SimulatedTransactionContractTests : TransactionContract
{
    private protected override IContractBed OpenBed() => new SimulatedBed();
}

/// <summary>The simulated brokers have transactions to show.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TransactionFactAttribute : FactAttribute;

/// <inheritdoc cref="TransactionFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TransactionTheoryAttribute : TheoryAttribute;
