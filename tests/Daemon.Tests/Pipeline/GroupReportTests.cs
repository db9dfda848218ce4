using Streaming.Daemon.Configuration;
using Streaming.Inference.Experts;

namespace Daemon.Tests.Pipeline;

public sealed class GroupReportTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Look_SeriesOfAGroupInAnotherPartition_IsSaidOnce(int partitionOfThird, int warnings)
    {
        var broker = new MemoryBroker(2);
        for (int hour = 0; hour < 80; hour++)
        {
            foreach ((string id, int partition) in new[] { ("a", 0), ("b", 0), ("c", partitionOfThird), ("alone", 1) })
            {
                broker.AddEvent(partition, id, Pod.Start.AddHours(hour), hour % 7);
            }
        }

        ForecasterOptions options = Pod.SmallOptions();
        var log = new ListLogger();
        using var pod = new Pod(
            broker,
            options with
            {
                Series = options.Series with { Step = "01:00:00", Profile = ExpertProfile.Accuracy },
                Rules = [],
                Groups = [new() { Members = ["a", "b", "c"] }],
            },
            logger: log);

        pod.RunToEnd(_ => pod.Port.PollLimit = 20);

        string[] lines = [.. log.Lines.Where(line => line.Contains("of group", StringComparison.Ordinal))];
        Assert.Equal(warnings * 2, lines.Length); // a and b in one partition, c in the other
        Assert.Equal(warnings == 1, lines.Any(line => line.StartsWith("Partition 0 has 2 of the 3 series of group 0", StringComparison.Ordinal)));
        Assert.Equal(warnings == 1, lines.Any(line => line.StartsWith("Partition 1 has 1 of the 3 series of group 0", StringComparison.Ordinal)));
    }
}
