using Streaming.Daemon.Pretraining;
using Streaming.Training.Samples;

namespace Daemon.Tests.Pretraining;

public sealed class TrainingDataTests
{
    [Theory]
    [InlineData("series 00000000000000ff holds a number that is not finite", "series 'b' holds a number that is not finite")]
    [InlineData("loss 1e7, gradient norm 3 after 5 updates", "loss 1e7, gradient norm 3 after 5 updates")]
    public void WithIds_SentenceOfTheTrainer_NamesTheSeries(string sentence, string expected)
    {
        var data = new TrainingData([Window(1), Window(255)], ["a", "b"], 2, 0, 2, 2, []);

        Assert.Equal(expected, data.WithIds(sentence));
    }

    private static EncodedWindow Window(ulong series) => new(series, 1, [0], [0], [0], [1]);
}
