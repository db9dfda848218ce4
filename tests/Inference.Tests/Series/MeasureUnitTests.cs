using System.Text;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class MeasureUnitTests
{
    [Theory]
    [InlineData("ms", true)]
    [InlineData("°C", true)] // begins with the byte that C1 begins with
    [InlineData("{requests}", true)]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", false)]
    [InlineData("", false)]
    [InlineData("a\"", false)]
    [InlineData("a\\", false)]
    [InlineData("a\u001f", false)]
    [InlineData("a\u007f", false)]
    [InlineData("a\u0080", false)]
    [InlineData("a\u009f", false)]
    [InlineData("a\u00a0", true)]
    public void IsValid_Text_IsAUnitWhereJsonTakesItAsItStands(string text, bool isUnit) =>
        Assert.Equal(isUnit, MeasureUnit.IsValid(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void IsValid_BrokenUtf8_IsNone() => Assert.False(MeasureUnit.IsValid([0xC2]));

    [Theory]
    [InlineData(ValueKind.Gauge, null, false, "By")]
    [InlineData(ValueKind.Delta, null, false, "By")]
    [InlineData(ValueKind.Counter, null, false, "By/s")]
    [InlineData(ValueKind.Counter, null, true, "By/s")]
    [InlineData(ValueKind.Gauge, Aggregate.Count, false, null)]
    [InlineData(ValueKind.Gauge, Aggregate.Count, true, "By")] // events are not aggregated
    public void Unit_OfAStep_FollowsFromKindAndAggregate(
        ValueKind kind, Aggregate? aggregate, bool isEventMode, string? expected)
    {
        var profile = new SeriesProfile { StepTicks = isEventMode ? 0 : TimeSpan.TicksPerMinute, Aggregate = aggregate };
        Partition partition = Of(profile);

        Offer(partition, minute: 0, "By", kind);
        Offer(partition, minute: 1, null, kind);
        Offer(partition, minute: 2, null, kind);

        Assert.NotEmpty(partition.Queue.Steps.ToArray());
        Assert.All(partition.Queue.Steps.ToArray(), step => Assert.Equal(expected, Text(step.Unit)));
    }

    /// <summary>However many records are gathered: what a step is measured in does not depend on it.</summary>
    [Fact]
    public void Unit_OfPendingSteps_IsWhatWasSaidBeforeThem()
    {
        Partition partition = Of(new SeriesProfile { StepTicks = 0 });
        string?[] said = [null, "s", null, "ms", "ms", null, "s"];

        for (int i = 0; i < said.Length; i++)
        {
            Offer(partition, i, said[i]);
        }

        Assert.Equal(
            [null, "s", "s", "ms", "ms", "ms", "s"],
            partition.Queue.Steps.ToArray().Select(step => Text(step.Unit)));
    }

    [Fact]
    public void Of_TextThatIsKnown_IsTheSameObjectForNothing()
    {
        var units = new MeasureUnits();
        MeasureUnit unit = units.Of("ms"u8)!, other = units.Of("°C"u8)!;

        Assert.Null(units.Of([], unit));
        Assert.Same(unit, units.Of("ms"u8, unit));
        Assert.Same(unit, units.Of("ms"u8, other));
        Assert.Same(other, units.Of("°C"u8));
        Assert.Equal(0, Allocation.Least(() =>
        {
            units.Of("ms"u8, other);
            units.Of("°C"u8, other);
        }));
    }

    [Fact]
    public void Of_MoreUnitsThanAreShared_AreStillRight()
    {
        var units = new MeasureUnits();
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < 1_100; i++)
            {
                Assert.Equal($"u{i}", Text(units.Of(Encoding.UTF8.GetBytes($"u{i}"))));
            }
        }

        Assert.Same(units.Of("u0"u8), units.Of("u0"u8));
        Assert.NotSame(units.Of("u1099"u8), units.Of("u1099"u8)); // bounded
    }

    private static Partition Of(SeriesProfile profile) =>
        new([profile], Partition.SmallSettings, Partition.LivelyModel(Partition.SmallSettings, seed: 1));

    private static void Offer(Partition partition, int minute, string? unit, ValueKind kind = ValueKind.Gauge) =>
        partition.Offer(new(0, RandomStream.Start + (minute * TimeSpan.TicksPerMinute), 7 + minute, kind)
        {
            Unit = unit is null ? null : new(Encoding.UTF8.GetBytes(unit)),
        });

    private static string? Text(MeasureUnit? unit) => unit is null ? null : Encoding.UTF8.GetString(unit.Text);
}
