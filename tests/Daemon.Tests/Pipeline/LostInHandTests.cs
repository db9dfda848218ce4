using System.Globalization;
using System.Text;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

/// <summary>Partitions that are lost while one of their records is in hand alone, by lanes that live on.</summary>
public sealed class LostInHandTests
{
    private const int Records = 120, Most = 16; // a turn takes no more where some are taken alone

    [Theory]
    [InlineData("start 2 at")]
    [InlineData("start 3 at")]
    public void Run_LostAndComeBack_BlamesNoRecord(string note)
    {
        MemoryBroker broker = Careful(note);
        using var pod = new Pod(broker, Pod.SmallOptions());
        int takings = 0, losses = 0;
        bool isOver = false, isRefused = false;
        pod.Port.Committing = next =>
        {
            isRefused |= isOver;
            isOver = IsTaking(next) && ++takings % 5 < 2; // the same record twice
        };
        pod.Port.Fault = call => call == PortCall.Commit && isRefused ? PortFault.Refused : PortFault.None;

        pod.RunToEnd(poll =>
        {
            if (isRefused)
            {
                (isOver, isRefused) = (false, false);
                losses++;
                pod.Port.Lose(0);
                pod.Port.Assign(0);
            }
        });

        Assert.InRange(losses, 10, Records);
        Assert.Empty(pod.StoppedPartitions);
        Assert.Equal(broker.End(0), broker.Committed[0]);
        Assert.Null(CommitNote.Read(0, broker.Committed[0], broker.Notes[0]).Attempt);
    }

    /// <remarks>Each gets past the record that the one before had in hand.</remarks>
    [Fact]
    public void Run_LostToOneOwnerAfterTheOther_BlamesNoRecord()
    {
        MemoryBroker broker = Careful("start 2 at");
        for (int owner = 0; owner < 20; owner++)
        {
            using var pod = new Pod(broker, Pod.SmallOptions());
            int takings = 0, most = 2 + (owner % 3);
            bool isRefused = false;
            pod.Port.Committing = next =>
            {
                isRefused = takings == most;
                takings += IsTaking(next) && !isRefused ? 1 : 0;
            };
            pod.Port.Fault = call => call == PortCall.Commit && isRefused ? PortFault.Refused : PortFault.None;

            pod.Run(poll =>
            {
                if (poll == 0)
                {
                    pod.Port.Assign(0);
                }
                else if (isRefused)
                {
                    pod.Port.Lose(0);
                    pod.Stop();
                }
            });

            Assert.Contains(" taking ", Encoding.UTF8.GetString(broker.Notes[0]), StringComparison.Ordinal);
            Assert.Empty(pod.StoppedPartitions);
        }

        using var last = new Pod(broker, Pod.SmallOptions());
        last.RunToEnd();

        Assert.Empty(last.StoppedPartitions);
        Assert.Equal(broker.End(0), broker.Committed[0]);
    }

    [Theory]
    [InlineData(2_048)]
    [InlineData(3)]
    public void Run_RecordsTakenAlone_PollsBetweenFew(int gatherRecords)
    {
        MemoryBroker broker = Careful("start 2 at");
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords));
        int takings = 0, most = 0, all = 0;
        pod.Port.Committing = next => takings += IsTaking(next) ? 1 : 0;

        pod.RunToEnd(_ => (most, all, takings) = (Math.Max(most, takings), all + takings, 0));

        Assert.Equal(Math.Min(Most, gatherRecords), most);
        Assert.Equal(Records, all);
    }

    /// <summary>One partition whose owner before was ended at its start.</summary>
    private static MemoryBroker Careful(string note)
    {
        MemoryBroker broker = RandomStreams.Create(seed: 6, partitions: 1, records: Records);
        long at = broker.LowMarks[0];
        broker.Committed[0] = at;
        broker.Notes[0] = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{note} {at} of {DaemonVersion.Text} by another"));
        return broker;
    }

    private static bool IsTaking(PartitionOffset[] next) => next.Any(place => place.Attempt is { IsTaking: true });
}
