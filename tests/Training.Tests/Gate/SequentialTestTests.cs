using Streaming.Training.Gate;

namespace Streaming.Training.Tests.Gate;

public sealed class SequentialTestTests
{
    [Fact]
    public void Evidence_BeforeTheFirstBlock_IsOne() => Assert.Equal(1, new SequentialTest().Evidence);

    [Fact]
    public void Add_OneBlock_PaysEachBetItsShareOfTheOutcome()
    {
        var test = new SequentialTest();

        test.Add(0.05); // half of the first bound: 2 · 0.05

        Assert.Equal((1.15 + 1.3 + 1.45) / 3, test.Evidence, 1e-15);
    }

    /// <summary>The whole claim: where each difference is as likely with the other sign, no wealth is made on average,
    /// whatever the sizes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Evidence_MeanOverAllSigns_IsOneAfterAnySizes(int seed)
    {
        const int blocks = 12;
        var random = new Random(seed);
        double[] sizes = [.. Enumerable.Range(0, blocks).Select(_ => 0.02 / (0.01 + random.NextDouble()))];
        double sum = 0;
        for (int signs = 0; signs < 1 << blocks; signs++)
        {
            var test = new SequentialTest();
            for (int n = 0; n < blocks; n++)
            {
                test.Add((signs >> n & 1) == 0 ? sizes[n] : -sizes[n]);
            }

            Assert.True(test.Evidence > 0);
            sum += test.Evidence;
        }

        Assert.Equal(1, sum / (1 << blocks), 1e-9);
    }

    [Fact]
    public void Add_SteadyGain_IsEvidenceAfterSevenBlocks()
    {
        SequentialTest test = new(), against = new();
        for (int n = 0; n < 7; n++)
        {
            test.Add(0.2);
            against.Add(-0.2);
        }

        Assert.True(test.Evidence >= 20, $"{test.Evidence}");
        Assert.True(against.Evidence < 0.05, $"{against.Evidence}");
    }
}
