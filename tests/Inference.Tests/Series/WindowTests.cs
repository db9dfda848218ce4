using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class WindowTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(8, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(100, true)]
    [InlineData(672, false)]
    public void Push_AnyStream_MatchesAList(int capacity, bool keepsTimes)
    {
        var random = new Random(capacity);
        var window = new Window(capacity, keepsTimes);
        var list = new List<(double Value, bool IsHeld, long Time)>();
        for (int i = 0; i < 2_000; i++)
        {
            if (random.Next(300) == 0)
            {
                window.Clear();
                list.Clear();
            }

            (double Value, bool IsHeld, long Time) next = (random.NextDouble(), random.Next(5) == 0, i);
            window.Push(next.Value, next.IsHeld, next.Time);
            list.Add(next);
            list.RemoveRange(0, Math.Max(list.Count - capacity, 0));

            Assert.Equal(list.Count, window.Count);
            int ago = random.Next(list.Count);
            Assert.Equal(list[^(ago + 1)].Value, window.Ago(ago));
            Assert.Equal(list[^(ago + 1)].IsHeld, window.IsHeldAgo(ago));
            if (i % 37 == 0)
            {
                AssertCopies(list, window, keepsTimes);
            }
        }
    }

    [Fact]
    public void CopyTo_Empty_CopiesNothing() => new Window(8, keepsTimes: true).CopyTo([], [], []);

    [Fact]
    public void Bytes_FewValues_StaySmall()
    {
        var window = new Window(65_536, keepsTimes: false);
        window.Push(1, false, 0);

        Assert.InRange(window.Bytes, 1, (32 * 9) + (3 * 24));
    }

    private static void AssertCopies(
        List<(double Value, bool IsHeld, long Time)> list, Window window, bool keepsTimes)
    {
        var values = new double[list.Count];
        var held = new bool[list.Count];
        var times = new long[list.Count];

        window.CopyTo(values, held, times);

        Assert.Equal(list.Select(l => l.Value), values);
        Assert.Equal(list.Select(l => l.IsHeld), held);
        Assert.Equal(list.Select(l => keepsTimes ? l.Time : 0), times);
    }
}
