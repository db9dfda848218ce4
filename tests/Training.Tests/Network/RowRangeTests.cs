using Streaming.Training.Network;

namespace Streaming.Training.Tests.Network;

public sealed class RowRangeTests
{
    [Fact]
    public void Share_AnyRowsAndWorkers_CoversEachRowOnceInWholeTiles()
    {
        for (int rows = 1; rows < 70; rows++)
        {
            for (int workers = 1; workers < 12; workers++)
            {
                RowRange[] shares = [.. Enumerable.Range(0, workers).Select(n => RowRange.Share(rows, n, workers))];

                Assert.Equal(
                    Enumerable.Range(0, rows), shares.SelectMany(share => Enumerable.Range(share.First, share.Count)));
                Assert.All(shares.Where(share => share.Count > 0), share => Assert.Equal(0, share.First % 4));
                Assert.InRange(shares.Max(share => share.Count), 1, (rows / workers) + 4);
            }
        }
    }
}
