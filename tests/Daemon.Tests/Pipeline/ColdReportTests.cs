namespace Daemon.Tests.Pipeline;

public sealed class ColdReportTests
{
    /// <summary>Counted every ten seconds; in the log once an hour, while there are any.</summary>
    [Fact]
    public void Look_ColdSeries_AreCountedAndSeldomLogged()
    {
        var broker = new MemoryBroker(2);
        Add("e-cold", 0, 20);
        Add("e-warm", 0, 50);
        Add("e-furthest", 0, 37);
        var log = new ListLogger();
        using var pod = new Pod(broker, Pod.SmallOptions(), logger: log);
        var counts = new List<long>();

        pod.Run(poll =>
        {
            counts.Add(pod.Metrics.Lane(0).SeriesCold);
            switch (poll)
            {
                case 0:
                    pod.Port.Assign(0, 1);
                    break;
                case 6: // warm, but it is not an hour yet
                    Add("e-furthest", 37, 11);
                    break;
                case 9:
                    pod.Clock.Advance(TimeSpan.FromHours(1));
                    break;
                case 12: // all of them are
                    Add("e-cold", 20, 28);
                    pod.Clock.Advance(TimeSpan.FromHours(1));
                    break;
                case 15:
                    pod.Stop();
                    break;
            }

            pod.Clock.Advance(TimeSpan.FromSeconds(4));
        });

        Assert.Equal([0, 2, 1, 0], counts.Where((count, i) => i == 0 || count != counts[i - 1]));
        Assert.Equal(
            [
                "Partition 0: 2 of 3 series are cold, the furthest: 37 of 48 steps",
                "Partition 0: 1 of 3 series are cold, the furthest: 20 of 48 steps",
            ],
            log.Lines.Where(line => line.Contains("cold", StringComparison.Ordinal)));

        void Add(string series, int from, int records)
        {
            for (int i = from; i < from + records; i++)
            {
                broker.AddEvent(0, series, Pod.Start.AddMinutes(i), i);
            }
        }
    }
}
