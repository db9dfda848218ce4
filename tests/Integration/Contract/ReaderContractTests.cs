using Streaming.Contract;

namespace Integration.Contract;

public sealed class ReaderContractTests : ReaderContract
{
    private protected override IContractBed OpenBed() => new BrokerBed();
}
