using Streaming.Contract;

namespace Integration.Contract;

public sealed class FencingContractTests : FencingContract
{
    private protected override IContractBed OpenBed() => new BrokerBed();
}
