using Streaming.Contract;

namespace Integration.Contract;

public sealed class GroupContractTests : GroupContract
{
    private protected override IContractBed OpenBed() => new BrokerBed();
}
