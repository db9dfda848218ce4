using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Samples;

public sealed class ReplayBufferTests
{
    [Fact]
    public void Add_SameSeries_KeepsTheNewest()
    {
        var buffer = new ReplayBuffer(3);
        EncodedWindow older = Window(7, 1), newer = Window(7, 2);

        buffer.Add(older);
        buffer.Add(newer);

        Assert.Same(newer, Assert.Single(buffer.InOrder(1, 0)));
        Assert.Equal(0, buffer.Replaced);
    }

    [Fact]
    public void Add_WhenFull_ReplacesTheSeriesRenewedLongestAgo()
    {
        var buffer = new ReplayBuffer(3);
        foreach (ulong series in (ulong[])[1, 2, 3, 1, 4, 5])
        {
            buffer.Add(Window(series, 1));
        }

        Assert.Equal([1UL, 4, 5], buffer.InOrder(1, 0).Select(window => window.Series).Order().ToArray());
        Assert.Equal(2, buffer.Replaced);
        Assert.Equal(3, buffer.Count);
    }

    [Fact]
    public void InOrder_OtherOrderOfArrival_IsTheSame()
    {
        ReplayBuffer forth = new(50), back = new(50);
        for (ulong series = 0; series < 50; series++)
        {
            forth.Add(Window(series, 1));
            back.Add(Window(49 - series, 1));
        }

        Assert.Equal(Order(forth, 3, 2), Order(back, 3, 2));
        Assert.NotEqual(Order(forth, 3, 2), Order(forth, 3, 1));
        Assert.NotEqual(Order(forth, 3, 2), Order(forth, 4, 2));
        Assert.NotEqual(Order(forth, 3, 2).Order().ToArray(), Order(forth, 3, 2));
    }

    private static ulong[] Order(ReplayBuffer buffer, int seed, int epoch) =>
        [.. buffer.InOrder(seed, epoch).Select(window => window.Series)];

    private static EncodedWindow Window(ulong series, int steps) =>
        new(series, steps, new float[steps], [], new float[steps], new float[steps]);
}
