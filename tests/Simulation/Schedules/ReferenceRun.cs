using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>The same input without faults: one process, the adoptions of the schedule given to it by markers.</summary>
internal sealed class ReferenceRun
{
    private const int MostTurns = 3_000;

    private readonly IScenario scenario;
    private readonly InputFeed feed;
    private readonly Deployment deployment;
    private readonly EventCounts events = new();
    private readonly List<Adoption> adoptions = [];

    public ReferenceRun(IScenario scenario)
    {
        this.scenario = scenario;
        feed = new InputFeed(Cluster, scenario);
        deployment = new Deployment(Cluster, scenario, events, new SeededRandom(0)) { Adopts = false };
    }

    public SimulatedCluster Cluster { get; } = new();

    /// <summary>Runs it to its end.</summary>
    /// <param name="seed">Of the input.</param>
    /// <param name="partitions">Partitions of the input.</param>
    /// <param name="schedule">The schedule's cluster: its models and its committed adoptions are taken.</param>
    /// <exception cref="InvalidOperationException">It came to no end: nothing can be said of the schedule.</exception>
    public void Run(ulong seed, int partitions, SimulatedCluster schedule)
    {
        Cluster.Reset(seed);
        Topics.Create(Cluster, scenario, partitions);
        feed.Reset(seed);
        while (!feed.IsDone)
        {
            feed.Step(partitions);
        }

        CopyModels(schedule[scenario.ModelsTopic][0], Cluster[scenario.ModelsTopic][0]);
        for (int partition = 0; partition < partitions; partition++)
        {
            adoptions.Clear();
            scenario.ReadAdoptions(schedule[scenario.StateTopic][partition], adoptions);
            scenario.WriteStart(Cluster[scenario.StateTopic][partition], adoptions);
        }

        deployment.Reset(1, partitions, isStatic: false);
        deployment.CalmDown();
        for (int turns = 0; !deployment.IsQuiet() && turns < MostTurns && deployment.Failure is null; turns++)
        {
            Cluster.Advance(20);
            deployment.TurnAny();
        }

        deployment.Stop(deployment.Slots[0]);
        Cluster.Advance(20);
        events.Forget();
        if (deployment.Failure is { } failure)
        {
            throw new InvalidOperationException($"The reference run failed: {failure}");
        }
    }

    private static void CopyModels(PartitionLog from, PartitionLog to)
    {
        foreach (ref readonly LogEntry entry in from.Entries)
        {
            if (from.IsCommitted(entry))
            {
                to.Append(from.Key(entry), from.Value(entry), entry.Headers, entry.TimestampMs);
            }
        }
    }
}
