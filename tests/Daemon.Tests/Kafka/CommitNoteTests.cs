using System.Text;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class CommitNoteTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    public void HistoryFrom_OfANote_IsThatOfThePlace(long? historyFrom)
    {
        byte[] note = CommitNote.Of(new(3, 7, historyFrom));

        Assert.Equal(historyFrom, CommitNote.HistoryFrom(note));
        Assert.Equal(historyFrom is null, note.Length == 0);
    }

    [Theory]
    [InlineData("history from ")]
    [InlineData("history from -1")]
    [InlineData("history from 1 on")]
    [InlineData("history from 9223372036854775808")]
    [InlineData("history from 00000000000000000001")]
    [InlineData("by hand")]
    public void HistoryFrom_NoteOfOthers_IsNull(string note) =>
        Assert.Null(CommitNote.HistoryFrom(Encoding.UTF8.GetBytes(note)));
}
