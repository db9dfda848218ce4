using System.Text;
using CsCheck;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class CommitNoteTests
{
    [Fact]
    public void Read_NoteOfAnyPlace_IsThePlace()
    {
        Gen<long> offsets = Gen.OneOf(Gen.Long[0, 9], Gen.Long[0, long.MaxValue]);
        Gen<Attempt> attempts = Gen.Select(
            Gen.Int[1, 3], offsets, Gen.Bool, Gen.OneOf("0.1.0", "1.2.3-rc.1+4f2c", "ö"),
            Gen.OneOf("", "3f09c2d1"),
            (start, at, isTaking, version, process) => new Attempt(start, at, isTaking, version, process));
        Gen<int> counts = Gen.Int[1, int.MaxValue];
        Gen.Select(
            attempts.Nullable(), offsets.Array[0, 64], counts.Nullable())
            .Sample((attempt, skipped, begunWith) =>
        {
            var place = new PartitionOffset(3, 7, null, attempt, skipped, begunWith);

            byte[] note = CommitNote.Of(place);
            PartitionOffset read = CommitNote.Read(3, 7, note);

            Assert.InRange(note.Length, 0, 4_096);
            Assert.Equal(place with { Skipped = null }, read with { Skipped = null });
            Assert.Equal(skipped.Length == 0 ? null : skipped, read.Skipped);
        });
    }

    [Fact]
    public void Of_PlaceWithNothingToSay_IsEmpty() => Assert.Empty(CommitNote.Of(new(3, 7)));

    [Theory]
    [InlineData(1, 0L)]
    [InlineData(int.MaxValue, long.MaxValue)]
    public void Read_Repartition_IsThatOfThePlace(int partitions, long liveFrom)
    {
        var place = new PartitionOffset(3, 7, Repartition: new(partitions, liveFrom));

        Assert.Equal(place, CommitNote.Read(3, 7, CommitNote.Of(place)));
    }

    [Theory]
    [InlineData("begun with 00000000000000000001")]
    [InlineData("skipped 9223372036854775808")]
    [InlineData("start 0 at 5 of 1")]
    [InlineData("start 1 at -5 of 1")]
    [InlineData("start 1 near 5 of 1")]
    [InlineData("start 99999999999 at 5 of 1")]
    [InlineData("start 4 at 5 of 1")]
    [InlineData("start 1 at 5")]
    [InlineData("start 1 at 5 of 1 by")]
    [InlineData("start 1 at 5 of 1 in 3f")]
    [InlineData("start 1 at 5 of 1 by 3f 4e")]
    [InlineData("skipped ")]
    [InlineData("skipped 1 x")]
    [InlineData("by hand; ;")]
    [InlineData("begun with ")]
    [InlineData("begun with 0")]
    [InlineData("begun with 2147483648")]
    [InlineData("0 partitions, live from 7")]
    [InlineData("2147483648 partitions, live from 7")]
    [InlineData("3 partitions, live from -7")]
    [InlineData("3 partitions, live from ")]
    [InlineData("3 partitions, live from 7 partitions, live from 8")]
    public void Read_NoteOfOthers_IsTheOffsetAlone(string note) =>
        Assert.Equal(new PartitionOffset(3, 7), CommitNote.Read(3, 7, Encoding.UTF8.GetBytes(note)));

    [Fact]
    public void Read_PartNotUnderstood_LeavesTheOthers() => Assert.Equal(
        new PartitionOffset(3, 7, BegunWith: 1, Attempt: new(2, 5, IsTaking: true, "0.1.0", "")),
        CommitNote.Read(3, 7, "begun with 1; something new; start 2 taking 5 of 0.1.0"u8));
}
