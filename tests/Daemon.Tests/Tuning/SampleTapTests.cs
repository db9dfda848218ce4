using Daemon.Tests.Pipeline;
using Streaming.Daemon.Configuration;
using Streaming.Training.Samples;

namespace Daemon.Tests.Tuning;

public sealed class SampleTapTests
{
    private const int ChunkSteps = 4;

    [Fact]
    public void Offer_OneSeries_ComesOnceAChunkOnceItsWindowIsLongEnough()
    {
        List<WindowSample> samples = Samples(Broker(series: 1, events: 30), Options());

        // After three chunks, and then after each further one: at steps 12, 16, 20, 24, 28.
        Assert.Equal(
            [12, 16, 20, 24, 28],
            samples.Select(s => (int)((s.TimeTicks[^1] - Pod.Start.Ticks) / TimeSpan.TicksPerSecond) + 1));
        Assert.Equal([12, 16, 16, 16, 16], samples.Select(s => s.Values.Length)); // the window keeps 16
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (double)i), samples[0].Values);
        Assert.Single(samples.Select(s => s.Series).Distinct());
    }

    [Fact]
    public void Offer_Covariates_ComeWithTheirSteps()
    {
        var broker = new MemoryBroker(1);
        for (int i = 0; i < 12; i++)
        {
            string temp = i % 3 == 0 ? "" : $",\"temp\":{i * 10}";
            long timeMs = MemoryBroker.Ms(Pod.Start.AddSeconds(i));
            broker.Add(0, "e", $$"""{"series":"e","time":{{timeMs}},"value":{{i}}{{temp}}}""", timeMs);
        }

        ForecasterOptions options = Options();
        WindowSample sample = Assert.Single(
            Samples(broker, options with { Input = options.Input with { Covariates = ["temp"] } }));

        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? double.NaN : i * 10), sample.Covariates);
    }

    [Fact]
    public void Offer_SeriesThatRestarted_IsOfferedAgainOnceLongEnough()
    {
        var broker = new MemoryBroker(1);
        for (int i = 0; i < 60; i++)
        {
            // Minutes 0 to 39, then a gap past what is held, then 20 more.
            broker.AddEvent(0, "g", Pod.Start.AddMinutes(i < 40 ? i : i + 100), i);
        }

        List<WindowSample> samples = Samples(broker, Options());

        // A step closes when the next begins, so the last of each run is closed by the next run, or never.
        Assert.Equal(
            [11, 15, 19, 23, 27, 31, 35, 39, 51, 55],
            samples.Select(s => s.Values[^1]));
    }

    [Fact]
    public void Offer_FullChannel_DropsTheOldestAndCountsThem()
    {
        ForecasterOptions options = Options();
        options = options with { Training = options.Training with { QueueWindows = 2 } };
        using var pod = new Pod(Broker(series: 1, events: 30), options, samples: true);

        pod.RunToEnd(_ => pod.Port.PollLimit = 1);

        Assert.Equal(3, pod.Metrics.TrainingWindowsDropped.Value);
        Assert.Equal([23, 27], Drain(pod).Select(s => s.Values[^1]));
    }

    [Fact]
    public void Offer_MoreSeriesThanTheTrainerKeeps_SamplesAFixedShareOfThem()
    {
        ForecasterOptions options = Options();
        options = options with { Training = options.Training with { BufferWindows = 10, QueueWindows = 10_000 } };
        using var pod = new Pod(Broker(series: 100, events: 60), options, samples: true);
        int before = 0;

        pod.RunToEnd(poll =>
        {
            if (poll == 2)
            {
                before = Drain(pod).Select(s => s.Series).Distinct().Count(); // no commit has told how many there are
            }
            else if (poll == 1)
            {
                pod.Port.PollLimit = 100 * 20;
            }
        });

        ulong[] after = [.. Drain(pod).Select(s => s.Series).Distinct()];
        Assert.Equal(100, before);
        Assert.InRange(after.Length, 1, 30); // one in ten by hash
        Assert.All(after, series => Assert.Equal(0UL, series % 10));
    }

    [Fact]
    public void Offer_Replay_EmitsNothing()
    {
        MemoryBroker broker = Broker(series: 1, events: 30);
        broker.Committed[0] = 30;
        using var pod = new Pod(broker, Options(), samples: true);

        pod.RunToEnd(); // all in one batch, whose end is the end of the replay

        Assert.Empty(Drain(pod));
    }

    private static MemoryBroker Broker(int series, int events)
    {
        var broker = new MemoryBroker(1);
        for (int i = 0; i < events * series; i++)
        {
            broker.AddEvent(0, $"e{i % series}", Pod.Start.AddSeconds(i / series), i / series);
        }

        return broker;
    }

    private static ForecasterOptions Options()
    {
        ForecasterOptions options = Pod.SmallOptions(gatherRecords: 5_000);
        return options with { Training = options.Training with { Mode = TrainingMode.On, ChunkSteps = ChunkSteps } };
    }

    private static List<WindowSample> Samples(MemoryBroker broker, ForecasterOptions options)
    {
        using var pod = new Pod(broker, options, samples: true);
        pod.RunToEnd(_ => pod.Port.PollLimit = 1); // else a window is copied as it stands after the batch
        return Drain(pod);
    }

    private static List<WindowSample> Drain(Pod pod)
    {
        List<WindowSample> samples = [];
        while (pod.Tap!.Reader.TryRead(out WindowSample? sample))
        {
            samples.Add(sample);
        }

        return samples;
    }
}
