using CsCheck;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>The order in which records come within the grace changes no step.</summary>
public sealed class IntakeOrderTests
{
    private const int Series = 3;
    private const long Second = TimeSpan.TicksPerSecond;

    private static readonly Gen<SeriesProfile> Profile =
        from step in Gen.OneOf(Gen.Const(7), Gen.Const(10), Gen.Const(60))
        from graceSeconds in Gen.Int[0, 90]
        from skewSeconds in Gen.Int[0, 90]
        from aggregate in Gen.Enum<Aggregate>()
        from kind in Gen.OneOf(Gen.Const(ValueKind.Gauge), Gen.Const(ValueKind.Delta))
        from gap in Gen.Int[0, 5]
        select new SeriesProfile
        {
            StepTicks = step * Second,
            GraceTicks = graceSeconds * Second,
            MaxSkewTicks = skewSeconds * Second,
            Aggregate = aggregate,
            Kind = kind,
            MaxGapSteps = gap,
        };

    /// <summary>A time of its own for each record, a value that sums without rounding, and its delay as a share.</summary>
    private static readonly Gen<(int Series, long Time, double Value, double Delay)[]> Records =
        Gen.Select(Gen.Int[0, Series - 1], Gen.Long[1, 600 * Second], Gen.Int[-800, 800], Gen.Double[0, 1])
            .Array[1, 200]
            .Select(records => records
                .DistinctBy(r => r.Item2)
                .Select(r => (r.Item1, RandomStream.Start + r.Item2, r.Item3 / 8.0, r.Item4))
                .ToArray());

    [Fact]
    public void Offer_AnyOrderWithinTheGrace_ClosesTheSameSteps() =>
        Gen.Select(Profile.Array[Series], Records).Sample((profiles, records) =>
        {
            long grace = profiles.Min(p => p.GraceTicks);
            var inOrder = Closed(profiles, records.OrderBy(r => r.Time));
            var shuffled = Closed(profiles, records.OrderBy(r => r.Time + (long)(r.Delay * grace)));

            Assert.Equal(inOrder, shuffled);
        });

    /// <summary>The steps of each series, in their order.</summary>
    private static (int Series, long TimeTicks, double Value, bool IsHeld, bool Restarts)[] Closed(
        SeriesProfile[] profiles, IEnumerable<(int Series, long Time, double Value, double Delay)> records)
    {
        var partition = new Partition(
            profiles, Partition.SmallSettings, new ModelParameters(Partition.SmallSettings.ShapeOf(1, 1)));
        foreach ((int series, long time, double value, _) in records)
        {
            Assert.Equal(IntakeResult.Accepted, partition.Offer(new StreamRecord(series, time, value)));
        }

        return
        [
            .. partition.Queue.Steps.ToArray()
                .Select(s => (
                    Series: Array.IndexOf(partition.Series, s.Series), s.TimeTicks, s.Value, s.IsHeld, s.Restarts))
                .OrderBy(s => s.Series), // stable: a series' steps stay in their order
        ];
    }
}
