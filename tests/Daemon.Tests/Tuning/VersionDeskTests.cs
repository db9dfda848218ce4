using Daemon.Tests.Models;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Model;

namespace Daemon.Tests.Tuning;

public sealed class VersionDeskTests : IDisposable
{
    private static readonly ForecasterOptions options =
        new() { Model = new() { Hidden = 5, Horizons = [1, 3], LagSteps = 4 } };

    private readonly MemoryModels models = new(options, ModelsLog.Shape, new VersionFeed());

    public VersionDeskTests() => models.Begin(new(ModelsLog.Parameters(1), "first"));

    public void Dispose() => models.Dispose();

    [Fact]
    public void Promote_NewWeights_AreInForceOnceTheyCameBackFromTheTopic()
    {
        VersionDesk desk = Open();
        ModelParameters better = ModelsLog.Parameters(2);

        desk.Promote(better, "better");

        Assert.Equal("lstm@2", desk.Current.Name);
        Assert.False(desk.IsOvertaken);
        KeptVersion version = models.InForce.Current!;
        Assert.Same(version.Version, models.Versions.Newest);
        Assert.Equal(better.Values, version.Parameters().Values);
        Assert.Equal((1, "better"), (version.Manifest.Base, version.Manifest.Why));
    }

    [Fact]
    public void RollBack_AfterAPromotion_PutsTheSameVersionBackAndReusesNoNumber()
    {
        ModelVersion first = models.Versions.Newest;
        VersionDesk desk = Open();
        desk.Promote(ModelsLog.Parameters(2), "better");

        desk.RollBack("worse");

        Assert.Same(first, models.Versions.Newest);
        Assert.False(desk.IsOvertaken);
        desk.Promote(ModelsLog.Parameters(3), "better");
        Assert.Equal(3, models.Versions.Newest.Id);
    }

    [Fact]
    public void RollBack_Twice_Throws()
    {
        VersionDesk desk = Open();
        desk.Promote(ModelsLog.Parameters(2), "better");
        desk.RollBack("worse");

        Assert.Throws<InvalidOperationException>(() => desk.RollBack("worse"));
    }

    [Fact]
    public void Promote_AnotherProcessHasOpened_IsLostAndChangesNothing()
    {
        VersionDesk desk = Open();
        using ModelsPublisher other = models.Open();

        var lost = Assert.Throws<PublisherLostException>(() => desk.Promote(ModelsLog.Parameters(2), "better"));

        Assert.True(lost.IsFenced);
        Assert.Equal(1, models.Versions.Newest.Id);
        Assert.Equal(2, other.Publish(new(ModelsLog.Parameters(3), ModelsLog.Form, 1, "better still")));
        Assert.True(desk.IsOvertaken);
    }

    [Theory]
    [InlineData(TrainingMode.On, null, true)]
    [InlineData(TrainingMode.Shadow, null, false)]
    [InlineData(TrainingMode.On, 7, false)]
    internal void LetsChange_ModeAndPin_Decide(TrainingMode mode, int? pin, bool lets) =>
        Assert.Equal(lets, VersionDesk.LetsChange(new() { Training = new() { Mode = mode, Pin = pin } }));

    private VersionDesk Open() => new(models.Form, models.Versions, models.Open());
}
