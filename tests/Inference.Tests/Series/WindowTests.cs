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

    [Theory]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(100)]
    public void CopyCovariatesTo_AnyStream_MatchesAList(int capacity)
    {
        var random = new Random(capacity);
        var window = new Window(capacity, keepsTimes: false, covariates: 2);
        var list = new List<double>();
        for (int i = 0; i < 400; i++)
        {
            double[] with = random.Next(4) == 0 ? [] : [random.NextDouble(), double.NaN];
            window.Push(i, isHeld: false, 0, with);
            list.AddRange(with.Length == 0 ? [double.NaN, double.NaN] : with);
            list.RemoveRange(0, Math.Max(list.Count - (2 * capacity), 0));

            var copy = new double[2 * window.Count];
            window.CopyCovariatesTo(copy);
            Assert.Equal(list, copy);
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
