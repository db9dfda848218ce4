using Simulation.Log;
using Simulation.Schedules;
using Simulation.Toy;

namespace Simulation.Tests;

public sealed class ComparisonTests
{
    private readonly ToyScenario scenario = new();
    private readonly SimulatedCluster reference = new();
    private readonly SimulatedCluster cluster = new();

    public ComparisonTests()
    {
        Topics.Create(reference, scenario, 1);
        Topics.Create(cluster, scenario, 1);
        Output(reference, "1", "aaaaaaaaaaaaaaaa-1");
        Output(reference, "2", "bbbbbbbbbbbbbbbb-1");
    }

    [Theory]
    [InlineData("1a1 2b1", 0, 0, 0)]
    [InlineData("1a1", 1, 0, 0)]
    [InlineData("1a1 2b1 2b1", 0, 1, 0)]
    [InlineData("1a1 2b2", 0, 0, 1)] // other content
    [InlineData("1a1 2b1 3c1", 0, 0, 1)] // unheard of
    [InlineData("2b1 1a1", 0, 0, 1)] // other order
    public void Compare_Outputs_AreCounted(string outputs, int lost, int duplicated, int divergent)
    {
        foreach (string output in outputs.Split(' '))
        {
            Output(cluster, output[..1], $"{new string(output[1], 16)}-{output[2]}");
        }

        Verdict verdict = Compare();

        Assert.Equal((lost, duplicated, divergent), (verdict.Lost, verdict.Duplicated, verdict.Divergent));
    }

    [Fact]
    public void Compare_States_LastCommittedValueCounts()
    {
        Output(cluster, "1", "aaaaaaaaaaaaaaaa-1");
        Output(cluster, "2", "bbbbbbbbbbbbbbbb-1");
        PartitionLog expected = reference[scenario.StateTopic][0], actual = cluster[scenario.StateTopic][0];
        expected.Append("s1"u8, "x"u8, null, 0);
        actual.Append("s1"u8, "old"u8, null, 0);
        actual.Append("s1"u8, "x"u8, null, 0);
        actual.Append("s2"u8, "y"u8, null, 0);
        actual.Append("s2"u8, default, null, 0);
        Assert.True(Compare().IsClean);

        actual.Append("s1"u8, "other"u8, null, 0);
        Assert.Equal(1, Compare().Divergent);
    }

    private Verdict Compare()
    {
        var verdict = new Verdict();
        new Comparison(scenario).Compare(reference, cluster, 1, verdict);
        return verdict;
    }

    private void Output(SimulatedCluster to, string key, string value) => to[scenario.OutputTopic][0].Append(
        System.Text.Encoding.UTF8.GetBytes(key), System.Text.Encoding.UTF8.GetBytes(value), null, 0);
}
