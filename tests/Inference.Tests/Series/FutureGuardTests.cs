using System.Text;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class FutureGuardTests
{
    private const long Hour = TimeSpan.TicksPerHour;

    private readonly FutureGuard guard = new();

    [Theory]
    [InlineData(-50 * Hour, true)]
    [InlineData(0, true)]
    [InlineData(Hour, true)]
    [InlineData(Hour + 1, false)]
    [InlineData(1_000_000 * Hour, false)]
    public void Admits_OneTime_PassesUpToTheLargestLead(long leadTicks, bool expected) =>
        Assert.Equal(expected, Admits("a", leadTicks, known: 9));

    [Fact]
    public void Admits_ThreeSeriesAhead_AreBelievedAsFarAsTheyAgree()
    {
        Assert.False(Admits("a", 90 * Hour, known: 9));
        Assert.False(Admits("b", 5 * Hour, known: 9));
        Assert.True(Admits("c", 6 * Hour, known: 9)); // within an hour of 5

        Assert.Equal(5 * Hour, guard.BelievedTicks);
        Assert.False(Admits("a", 90 * Hour, known: 9));
        Assert.True(Admits("d", 6 * Hour, known: 9));
    }

    [Fact]
    public void Admits_OneOrTwoOfManySeries_AreNeverBelieved()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.False(Admits(i % 3 == 0 ? "a" : "b", (5 + i) * Hour, known: 3));
            Assert.True(Admits("c", 0, known: 3));
        }
    }

    [Fact]
    public void Admits_WitnessIsBackInTime_NoLongerCounts()
    {
        Assert.False(Admits("a", 5 * Hour, known: 9));
        Assert.False(Admits("b", 5 * Hour, known: 9));
        Assert.True(Admits("a", 0, known: 9));
        Assert.False(Admits("c", 5 * Hour, known: 9));
        Assert.True(Admits("d", 5 * Hour, known: 9));
    }

    [Theory]
    [InlineData(0, true)] // the partition's very first records
    [InlineData(1, false)]
    public void Admits_OnlySeriesOfThePartition_IsBelievedAtItsThirdTimeInARow(int known, bool isNew)
    {
        Assert.False(Admits("a", 5 * Hour, known, isNew));
        Assert.False(Admits("a", 5 * Hour, known, isNew));
        Assert.True(Admits("a", 0, known, isNew));

        Assert.False(Admits("a", 5 * Hour, known, isNew));
        Assert.False(Admits("a", 5 * Hour, known, isNew));
        Assert.True(Admits("a", 5 * Hour, known, isNew));
    }

    [Fact]
    public void Admits_NewSeriesBesideOneThatIsNotAhead_IsNotBelieved()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.False(Admits("new", 5 * Hour, known: 1, isNew: true));
        }

        Assert.True(Admits("old", 5 * Hour, known: 1)); // now all two are ahead
    }

    private bool Admits(string id, long leadTicks, int known, bool isNew = false) =>
        guard.Admits(Encoding.UTF8.GetBytes(id), leadTicks, Hour, known, isNew);
}
