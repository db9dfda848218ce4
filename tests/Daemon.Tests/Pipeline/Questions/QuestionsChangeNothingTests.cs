using System.Text;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Pipeline.Questions;

/// <summary>A lane that is asked all the time against one that never is: not a bit of state or forecasts differs.</summary>
public sealed class QuestionsChangeNothingTests
{
    [Theory]
    [InlineData(1, 2_048)]
    [InlineData(2, 7)]
    [InlineData(3, 1)]
    public void Answer_AskedAtEveryTurn_StateAndForecastsAreThoseOfALaneThatIsNot(int seed, int gatherRecords)
    {
        var (quiet, bits) = Run(seed, gatherRecords, asks: false);
        var (asked, bitsOfAsked) = Run(seed, gatherRecords, asks: true);

        Assert.Equal(RandomStreams.Reference(seed).Length, asked.Output.Count);
        Assert.Equal(quiet.Output.Select(m => m.Whole).Order(), asked.Output.Select(m => m.Whole).Order());
        Assert.NotEmpty(bits);
        Assert.Equal(bits, bitsOfAsked);
    }

    private static (MemoryBroker Broker, SortedDictionary<string, string> Bits) Run(
        int seed, int gatherRecords, bool asks)
    {
        MemoryBroker broker = RandomStreams.Create(seed);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords));
        var last = new StateBits();
        int answered = 0;
        var open = new List<LaneQuestion<SeriesReport?>>();
        using LiveWatch watch = pod.Live.TryWatch(System.Net.IPAddress.Loopback, [])!;
        pod.RunToEnd(also: poll =>
        {
            answered += open.RemoveAll(question => question.Answer is { IsCompletedSuccessfully: true, Result.Fan: not null });
            if (asks)
            {
                string id = new[] { "e0", "e1", "g0-0", "g2-1" }[poll % 4];
                var one = new SeriesQuestion(Encoding.UTF8.GetBytes(id), withHistory: true);
                open.Add(one);
                Assert.True(pod.Face.Mailbox.TryAsk(one));
                Assert.True(pod.Face.Mailbox.TryAsk(new RankingQuestion()));
                Assert.True(pod.Face.Mailbox.TryAsk(new TasksQuestion(0)));
            }

            if (pod.Port.IsAtEnd && !last.Answer.IsCompleted)
            {
                last = new StateBits();
                Assert.True(pod.Face.Mailbox.TryAsk(last));
            }
        });

        Assert.Equal(asks, answered > 0);
        return (broker, last.Answer.Result);
    }
}
