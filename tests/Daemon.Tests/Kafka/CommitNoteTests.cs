using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class CommitNoteTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public void Read_History_IsThatOfThePlace(long? historyFrom)
    {
        byte[] note = CommitNote.Of(new(3, 7, historyFrom));

        Assert.Equal(new(3, 7, historyFrom), CommitNote.Read(3, 7, note));
        Assert.Equal(historyFrom is null, note.Length == 0);
    }

    [Theory]
    [InlineData(1, 0L)]
    [InlineData(int.MaxValue, long.MaxValue)]
    public void Read_Repartition_IsThatOfThePlace(int partitions, long liveFrom)
    {
        var place = new PartitionOffset(3, 7, Repartition: new(partitions, liveFrom));

        Assert.Equal(place, CommitNote.Read(3, 7, CommitNote.Of(place)));
    }

    [Theory]
    [InlineData("history from ")]
    [InlineData("history from -1")]
    [InlineData("history from 1 on")]
    [InlineData("history from 9223372036854775808")]
    [InlineData("history from 00000000000000000001")]
    [InlineData("by hand")]
    [InlineData("0 partitions, live from 7")]
    [InlineData("2147483648 partitions, live from 7")]
    [InlineData("3 partitions, live from -7")]
    [InlineData("3 partitions, live from ")]
    [InlineData("3 partitions, live from 7 partitions, live from 8")]
    public void Read_NoteOfOthers_CountsAsNone(string note) =>
        Assert.Equal(new(3, 7), CommitNote.Read(3, 7, Encoding.UTF8.GetBytes(note)));
}
