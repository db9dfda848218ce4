using System.Runtime.InteropServices;
using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>Compares what a schedule committed with what the reference run did.</summary>
internal sealed class Comparison(IScenario scenario)
{
    private readonly List<(ulong Identity, ulong Content)> expected = [];
    private readonly List<(ulong Identity, ulong Content)> actual = [];
    private readonly Dictionary<ulong, (int Expected, int Actual)> counts = [];
    private readonly Dictionary<ulong, ulong> expectedStates = [];
    private readonly Dictionary<ulong, ulong> actualStates = [];

    /// <summary>Adds the differences to a verdict.</summary>
    /// <param name="reference">Cluster of the reference run.</param>
    /// <param name="cluster">Cluster of the schedule.</param>
    /// <param name="partitions">Partitions to look at.</param>
    /// <param name="verdict">Gets the counts.</param>
    public void Compare(SimulatedCluster reference, SimulatedCluster cluster, int partitions, Verdict verdict)
    {
        for (int partition = 0; partition < partitions; partition++)
        {
            Collect(reference[scenario.OutputTopic][partition], expected);
            Collect(cluster[scenario.OutputTopic][partition], actual);
            if (cluster.Trace is not null)
            {
                TellFirstDifference(reference, cluster, partition);
            }

            CompareOutputs(verdict);
        }

        for (int partition = 0; partition < partitions; partition++)
        {
            Collect(reference[scenario.DeadLetterTopic][partition], expected);
            Collect(cluster[scenario.DeadLetterTopic][partition], actual);
        }

        expected.Sort();
        actual.Sort();
        CompareOutputs(verdict);
        Tell(cluster, "dead letters", verdict);
        for (int partition = 0; partition < partitions; partition++)
        {
            CollectStates(reference[scenario.StateTopic][partition], expectedStates);
            CollectStates(cluster[scenario.StateTopic][partition], actualStates);
            CompareStates(verdict);
            Tell(cluster, $"states of partition {partition}", verdict);
        }
    }

    private static void Tell(SimulatedCluster cluster, string what, Verdict verdict) =>
        cluster.Trace?.Invoke($"up to {what}: {verdict}");

    private void TellFirstDifference(SimulatedCluster reference, SimulatedCluster cluster, int partition)
    {
        int first = CollectionsMarshal.AsSpan(expected).CommonPrefixLength(CollectionsMarshal.AsSpan(actual));
        if (first < Math.Max(expected.Count, actual.Count))
        {
            cluster.Trace!($"output {first} of partition {partition} is to be "
                + $"{Describe(reference[scenario.OutputTopic][partition], first)}");
            cluster.Trace!($"and is {Describe(cluster[scenario.OutputTopic][partition], first)}");
        }
    }

    private string Describe(PartitionLog log, int output)
    {
        foreach (ref readonly LogEntry entry in log.Entries)
        {
            if (log.IsCommitted(entry) && output-- == 0)
            {
                return $"{scenario.Describe(log.Key(entry), log.Value(entry))} (log offset {entry.Offset})";
            }
        }

        return "nothing";
    }

    private void Collect(PartitionLog log, List<(ulong Identity, ulong Content)> outputs)
    {
        foreach (ref readonly LogEntry entry in log.Entries)
        {
            if (log.IsCommitted(entry))
            {
                ReadOnlySpan<byte> key = log.Key(entry), value = log.Value(entry);
                outputs.Add((scenario.IdentityOf(key, value), Hash.Of(value, Hash.Of(key, (ulong)entry.TimestampMs))));
            }
        }
    }

    private void CompareOutputs(Verdict verdict)
    {
        if (!CollectionsMarshal.AsSpan(expected).SequenceEqual(CollectionsMarshal.AsSpan(actual)))
        {
            CountDifferences(verdict);
        }

        expected.Clear();
        actual.Clear();
    }

    private void CountDifferences(Verdict verdict)
    {
        counts.Clear();
        foreach ((ulong identity, _) in expected)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, identity, out _).Expected++;
        }

        foreach ((ulong identity, _) in actual)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, identity, out _).Actual++;
        }

        long before = verdict.Lost + verdict.Duplicated + verdict.Divergent;
        foreach ((int wanted, int found) in counts.Values)
        {
            verdict.Lost += Math.Max(0, wanted - found);
            verdict.Duplicated += wanted > 0 ? Math.Max(0, found - wanted) : 0;
            verdict.Divergent += wanted == 0 ? found : 0;
        }

        var contents = expected.Select(output => output.Content).ToHashSet();
        verdict.Divergent += actual.Count(o => counts[o.Identity].Expected > 0 && !contents.Contains(o.Content));
        bool isOrderAlone = before == verdict.Lost + verdict.Duplicated + verdict.Divergent;
        verdict.Divergent += isOrderAlone ? 1 : 0;
    }

    /// <summary>The last committed value of each key; a null is none.</summary>
    private void CollectStates(PartitionLog log, Dictionary<ulong, ulong> states)
    {
        foreach (ref readonly LogEntry entry in log.Entries)
        {
            ReadOnlySpan<byte> key = log.Key(entry);
            if (!log.IsCommitted(entry) || !scenario.IsState(key))
            {
                continue;
            }

            if (entry.ValueLength == LogEntry.Null)
            {
                states.Remove(Hash.Of(key));
            }
            else
            {
                states[Hash.Of(key)] = scenario.ContentOf(log.Partition, key, log.Value(entry));
            }
        }
    }

    private void CompareStates(Verdict verdict)
    {
        foreach ((ulong key, ulong state) in expectedStates)
        {
            verdict.Divergent += !actualStates.Remove(key, out ulong found) || found != state ? 1 : 0;
        }

        verdict.Divergent += actualStates.Count;
        expectedStates.Clear();
        actualStates.Clear();
    }
}
