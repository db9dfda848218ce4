using Streaming.Training.Gate;

namespace Streaming.Training.Tests.Gate;

public sealed class BlockTableTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, true)]
    [InlineData(1, 3, false)]
    [InlineData(2, 4, true)]
    [InlineData(2, 5, false)]
    public void TryClose_HalfOfTheSeriesCame_Closes(int came, int followed, bool closes)
    {
        var table = new BlockTable();
        for (int n = 0; n < came; n++)
        {
            table.Add(0, new(n, 2 * n, double.NaN, 1));
        }

        Assert.Equal(closes, table.TryClose(followed, out _));
        Assert.Equal(closes ? 1 : 0, table.Open);
    }

    [Fact]
    public void TryClose_Closed_GivesMeansOverSeries()
    {
        var table = new BlockTable();
        table.Add(0, new(1, 2, 5, 1));
        table.Add(0, new(3, 6, 7, 1));

        Assert.True(table.TryClose(2, out BlockLosses mean));
        Assert.Equal(new(2, 4, 6, 2), mean);
    }

    [Fact]
    public void TryClose_LaterBlockIsFull_WaitsForTheFirst()
    {
        var table = new BlockTable();
        table.Add(1, new(1, 1, 1, 1));
        table.Add(1, new(1, 1, 1, 1));

        Assert.False(table.TryClose(2, out _));
        Assert.Equal(1, table.Last);
        table.Add(0, new(1, 1, 1, 1));
        Assert.True(table.TryClose(2, out _));
        Assert.True(table.TryClose(2, out _));
        Assert.Equal(2, table.Open);
    }

    [Fact]
    public void Clear_WithEntries_BeginsAtBlockZero()
    {
        var table = new BlockTable();
        table.Add(0, new(1, 1, 1, 1));
        table.TryClose(1, out _);
        table.Add(1, new(1, 1, 1, 1));

        table.Clear();

        Assert.Equal((0, -1), (table.Open, table.Last));
        Assert.False(table.TryClose(1, out _));
    }
}
