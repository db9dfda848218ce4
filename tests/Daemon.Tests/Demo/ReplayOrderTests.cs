using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class ReplayOrderTests
{
    private static readonly Cadence Minutes = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    public static TheoryData<int[]> Lengths => new()
    {
        new[] { 1 }, new[] { 1, 1 }, new[] { 1, 7 }, new[] { 2, 3, 5 }, new[] { 100, 99, 1, 37 }, new[] { 4, 1_000, 333 },
    };

    [Theory, MemberData(nameof(Lengths))]
    public void Merge_AnyLengths_SendsEveryRowOnceInItsStreamsOrder(int[] lengths)
    {
        DemoStream[] streams = Streams(lengths);

        List<ReplayRecord> records = [.. ReplayOrder.Merge(streams, _ => Minutes)];

        Assert.All(streams, stream => Assert.Equal(
            stream.Rows, records.Where(record => record.Series == stream.Series).Select(record => record.Row)));
        Assert.Equal(lengths.Sum(), records.Count);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Merge_AnyLengths_StartsAndEndsTogetherAndSpreadsEvenly(int[] lengths)
    {
        DemoStream[] streams = Streams(lengths);
        int last = lengths.Max() - 1;

        List<ReplayRecord> records = [.. ReplayOrder.Merge(streams, _ => Minutes)];

        foreach (DemoStream stream in streams)
        {
            int[] ticks = [.. records.Where(record => record.Series == stream.Series).Select(record => record.Tick)];
            Assert.Equal(0, ticks[0]);
            for (int i = 1; i < ticks.Length; i++)
            {
                double even = (double)i * last / (ticks.Length - 1);
                Assert.InRange(ticks[i], even - 1e-9, even + 1);
            }
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Merge_AnyLengths_OrdersByTickThenStream(int[] lengths)
    {
        DemoStream[] streams = Streams(lengths);

        List<ReplayRecord> records = [.. ReplayOrder.Merge(streams, _ => Minutes)];

        Assert.Equal(
            records.OrderBy(record => record.Tick).ThenBy(record => Array.FindIndex(
                streams, stream => stream.Series == record.Series)),
            records);
        Assert.Equal(records.Count, records.DistinctBy(record => (record.Tick, record.Series)).Count());
    }

    [Fact]
    public void Merge_GapsDoublesAndLateRows_CloseEachNewerStepOnce()
    {
        int[] minutes = [0, 1, 1, 5, 3, 5, 6];
        DemoStream stream = new("s", [.. minutes.Select(minute => Row(minute, 0))], []);

        List<ReplayRecord> records = [.. ReplayOrder.Merge([stream], _ => Minutes)];

        long first = Minutes.StepOf(Row(0, 0).Time);
        Assert.Equal([null, first, null, first + 1, null, null, first + 5], records.Select(r => r.ClosedStep));
    }

    [Fact]
    public void Merge_BundledStreams_CloseAllDistinctStepsButTheLast()
    {
        IReadOnlyList<DemoStream> streams = DemoData.Read(DemoData.BundledFolder);
        int distinct = streams.Sum(stream => stream.Rows
            .Select(row => DemoConfiguration.CadenceOf(stream.Series).StepOf(row.Time)).Distinct().Count());

        int closed = ReplayOrder.Merge(streams, DemoConfiguration.CadenceOf).Count(r => r.ClosedStep is not null);

        Assert.Equal(distinct - streams.Count, closed);
    }

    private static DemoStream[] Streams(int[] lengths) =>
        [.. lengths.Select((length, s) => new DemoStream(
            $"s{s}", [.. Enumerable.Range(0, length).Select(i => Row(i, (1_000 * s) + i))], []))];

    private static DemoRow Row(int minute, double value) =>
        new(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minute), value);
}
