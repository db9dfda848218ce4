using System.Text;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Pipeline.Questions;

public sealed class LiveFeedTests
{
    private readonly LiveFeed feed = new();

    [Fact]
    public void Offer_WatchersOfSomeOrAll_GetWhatIsPublishedByteForByte()
    {
        MemoryBroker broker = RandomStreams.Create(1);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 20));
        using LiveWatch all = pod.Live.TryWatch([])!, some = pod.Live.TryWatch(["e1"u8.ToArray()])!;
        List<string> ofAll = [], ofSome = [];
        pod.RunToEnd(also: _ =>
        {
            Drain(all, ofAll);
            Drain(some, ofSome);
        });
        Drain(all, ofAll);
        Drain(some, ofSome);

        string[] published = [.. broker.Forecasts.Select(m => m.Text)];
        Assert.NotEmpty(published);
        Assert.Equal(published.Order(), ofAll.Order());
        Assert.Equal(published.Where(text => text.Contains("\"e1\"", StringComparison.Ordinal)), ofSome);
    }

    [Fact]
    public void Offer_NobodyReads_DropsAndCounts()
    {
        using LiveWatch watch = feed.TryWatch([])!;
        for (int i = 0; i < LiveWatch.Capacity + 5; i++)
        {
            feed.Offer("a"u8, "{}"u8);
        }

        Assert.Equal(LiveWatch.Capacity, watch.Forecasts.Count);
        Assert.Equal((5, 0), (watch.TakeDropped(), watch.TakeDropped()));
    }

    [Fact]
    public void TryWatch_AsManyAsMay_IsRefusedUntilOneLeaves()
    {
        LiveWatch[] watches = [.. Enumerable.Range(0, LiveFeed.MostWatchers).Select(_ => feed.TryWatch([])!)];
        Assert.Null(feed.TryWatch([]));

        watches[7].Dispose();

        Assert.NotNull(feed.TryWatch([]));
        Assert.All(watches, watch => watch.Dispose());
    }

    private static void Drain(LiveWatch watch, List<string> into)
    {
        while (watch.Forecasts.TryRead(out byte[]? json))
        {
            into.Add(Encoding.UTF8.GetString(json));
        }
    }
}
