using Streaming.Contract;

namespace Integration.Contract;

public sealed class RebalanceContractTests : RebalanceContract
{
    private protected override IContractBed OpenBed() => new BrokerBed();
}
