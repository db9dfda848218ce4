using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class TailTrackerTests
{
    /// <summary>Errors with light and heavy tails, and some that are mostly zero.</summary>
    public static TheoryData<string> Noises => ["uniform", "normal", "laplace", "cubed", "rare"];

    [Theory]
    [MemberData(nameof(Noises))]
    public void Judge_LongNoise_IsAsOddAsItSaysWithinAFactor(string noise)
    {
        var random = new Random(Seed: 3);
        var tracker = new TailTracker();
        int first = 0, edge = 0, far = 0;
        const int Steps = 60_000;
        for (int i = 0; i < Steps; i++)
        {
            double surprise = tracker.Judge(Draw(noise, random));
            first += i < 48 && surprise > 0 ? 1 : 0;
            edge += surprise > Surprise.Edge ? 1 : 0;
            far += Surprise.ScoreOf(surprise) >= 0.9995 ? 1 : 0;
        }

        Assert.Equal(0, first);
        Assert.InRange(edge / (double)Steps, 0.01, 0.03);
        Assert.InRange(far / (double)Steps, 0, 0.0035);
    }

    [Fact]
    public void Judge_LargerError_IsNoLessSurprising()
    {
        TailTracker tracker = Calm();
        double before = 0;
        for (double error = 0; error < 1e12; error = (1.2 * error) + 0.01)
        {
            TailTracker here = tracker;
            double surprise = here.Judge(error);
            Assert.InRange(surprise, before, Surprise.Most);
            before = surprise;
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Judge_Boundless_IsMostAndDoesNotBlind(double error)
    {
        TailTracker tracker = Calm();

        Assert.Equal(Surprise.Most, tracker.Judge(error));
        Assert.InRange(tracker.Judge(0.5), 0, Surprise.Edge);
        Assert.True(tracker.Judge(20) > 2 * Surprise.Edge);
    }

    [Fact]
    public void Judge_ConstantButForRounding_IsNoSurprise()
    {
        var tracker = new TailTracker();
        for (int i = 0; i < 500; i++)
        {
            Assert.InRange(tracker.Judge(i % 10 == 9 ? 1e-12 : 0), 0, Surprise.Edge);
        }
    }

    [Fact]
    public void Judge_ConstantThenNoise_LearnsTheNoise()
    {
        var random = new Random(Seed: 5);
        var tracker = new TailTracker();
        for (int i = 0; i < 1_000; i++)
        {
            tracker.Judge(0);
        }

        double most = 0;
        for (int i = 0; i < 4_000; i++)
        {
            double surprise = tracker.Judge(random.NextDouble() - 0.5);
            most = i < 1_000 ? 0 : Math.Max(most, surprise);
        }

        Assert.InRange(most, 0, 2 * Surprise.Edge);
    }

    private static double Draw(string noise, Random random)
    {
        double sign = random.Next(2) == 0 ? 1 : -1, exponential = -Math.Log(1 - random.NextDouble());
        return noise switch
        {
            "uniform" => random.NextDouble() - 0.5,
            "normal" => Math.Sqrt(2 * exponential) * Math.Cos(2 * Math.PI * random.NextDouble()),
            "laplace" => sign * exponential,
            "cubed" => sign * exponential * exponential * exponential,
            _ => random.Next(10) == 0 ? exponential : 0,
        };
    }

    private static TailTracker Calm()
    {
        var random = new Random(Seed: 1);
        var tracker = new TailTracker();
        for (int i = 0; i < 600; i++)
        {
            tracker.Judge(random.NextDouble() - 0.5);
        }

        return tracker;
    }
}
