using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline;

public sealed class TaskIntakeTests
{
    /// <summary>State may be read back that was written under a larger bound.</summary>
    [Fact]
    public void Offer_NewSeriesWhereThereAreMoreThanMayBe_IsRefused()
    {
        ForecasterOptions options = Pod.SmallOptions();
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        var table = new SeriesTable(new(options), settings, settings.ShapeOf(5, 2), maxSeries: 2);
        foreach (string id in new[] { "e1", "e2", "e3" })
        {
            table.Add(Encoding.UTF8.GetBytes(id), born: 0);
        }

        ModelVersion version = Pod.Version(1, settings.ShapeOf(5, 2));
        var timeline = new AdoptionTimeline((new(version.Name, 0, long.MinValue), version), TimeSpan.Zero);
        var intake = new TaskIntake(table, new PendingSteps(), timeline, start: 0);

        Assert.Equal(RejectReason.None, Offer("e3"));
        Assert.Equal(RejectReason.SeriesLimit, Offer("e4"));

        RejectReason Offer(string id) => intake.Offer(
            new() { SeriesId = Encoding.UTF8.GetBytes(id), TimeTicks = Pod.Start.Ticks, Value = 1 }, 0, -1, 0);
    }
}
