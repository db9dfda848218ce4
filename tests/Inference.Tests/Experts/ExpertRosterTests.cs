using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class ExpertRosterTests
{
    [Fact]
    public void Families_AnyExpert_IsTheOneItsNameBeginsWith()
    {
        LinearExpertOptions[] linear = ExpertRoster.LinearOf(
            SeriesExpertsOptions.Of(ExpertProfile.Accuracy), hidden: 8, members: 3, mostLagSteps: 400);
        var roster = new ExpertRoster([24, 168], linear);

        string[] families = [.. roster.Families.Select(family => ExpertFamilies.Names[family])];

        Assert.Equal(
            ["persistence", "smoothing", "intermittent", "network", "seasonal-found", "seasonal", "seasonal", "linear",
                "linear", "linear", "linear", "readout", "group", "group"],
            families);
    }
}
