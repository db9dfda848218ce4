using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Model;

namespace Daemon.Tests.Tuning;

public sealed class VersionDeskTests
{
    private static readonly ModelParameters parameters = ModelInitializer.Create(new(3, 8, 1, 2, 2), seed: 1);

    [Fact]
    public void RollBack_AfterAPromotion_PutsTheSameVersionBackAndReusesNoNumber()
    {
        VersionFeed feed = Feed(7);
        ModelVersion first = feed.Newest;
        var desk = new VersionDesk(new(), feed);
        desk.Promote(parameters);
        Assert.Equal(8, feed.Newest.Id);

        desk.RollBack();

        Assert.Same(first, feed.Newest);
        desk.Promote(parameters);
        Assert.Equal(9, feed.Newest.Id);
    }

    [Fact]
    public void RollBack_Twice_Throws()
    {
        var desk = new VersionDesk(new(), Feed(1));
        desk.Promote(parameters);
        desk.RollBack();

        Assert.Throws<InvalidOperationException>(desk.RollBack);
    }

    [Theory]
    [InlineData(TrainingMode.On, null, true, null)]
    [InlineData(TrainingMode.Shadow, null, false, null)]
    [InlineData(TrainingMode.On, 7, false, null)]
    [InlineData(TrainingMode.On, 6, false, 6)]
    internal void MayChange_ModeAndPin_Decide(TrainingMode mode, int? pin, bool mayChange, int? missing)
    {
        var desk = new VersionDesk(new() { Training = new() { Mode = mode, Pin = pin } }, Feed(7));

        Assert.Equal(mayChange, desk.MayChange);
        Assert.Equal(missing, desk.MissingPin);
    }

    private static VersionFeed Feed(int id) => new(new ModelVersion(id, ModelWeights.Pack(parameters)));
}
