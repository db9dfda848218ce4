using Streaming.Contract;

namespace Integration.Contract;

public sealed class TransactionContractTests : TransactionContract
{
    private protected override IContractBed OpenBed() => new BrokerBed();
}
