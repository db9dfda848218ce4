using Simulation.Log;

namespace Simulation.Schedules;

/// <summary>One random life of a deployment, from a seed: a storm, then calm until all is done, then the
/// verdict.</summary>
/// <remarks>Single-threaded and a pure function of the seed; reused from seed to seed, one for each worker.</remarks>
internal sealed class Schedule
{
    /// <summary>Commits and faults a storm has at least.</summary>
    public const int LeastCommits = 20, LeastFaults = 3;

    private const int RecordsPerCommit = 12;
    private const int MostStormSteps = 4_000;
    private const int MostCalmTurns = 3_000;
    private const int QuietTurns = 12;

    private readonly IScenario scenario;
    private readonly SeededRandom random = new(0);
    private readonly Weather weather = new();
    private readonly SimulatedCluster cluster = new();
    private readonly InputFeed feed;
    private readonly Deployment deployment;
    private readonly ScheduleFate fate;
    private readonly Disturbance disturbance;
    private readonly ReferenceRun reference;
    private readonly Comparison comparison;

    public Schedule(IScenario scenario)
    {
        this.scenario = scenario;
        feed = new InputFeed(cluster, scenario);
        deployment = new Deployment(cluster, scenario, Events, random);
        fate = new ScheduleFate(cluster, deployment, weather, Events, random);
        disturbance = new Disturbance(cluster, scenario, deployment, weather, Events, random);
        reference = new ReferenceRun(scenario);
        comparison = new Comparison(scenario);
    }

    /// <summary>Which events happened, over all schedules run.</summary>
    public EventCounts Events { get; } = new();

    /// <summary>Commits, faults and partitions of the schedule run last.</summary>
    public (int Commits, int Faults, int Partitions) Size =>
        (cluster.Transactions.Commits, deployment.Faults, deployment.Partitions);

    /// <summary>Told of each call; null for silence.</summary>
    public Action<string>? Trace
    {
        get => cluster.Trace;
        set => cluster.Trace = value;
    }

    /// <summary>Runs the schedule of a seed.</summary>
    public Verdict Run(ulong seed)
    {
        ulong input = SeededRandom.Mix(seed + 1);
        int partitions = Begin(seed, input);
        Storm();
        string? stuck = Calm();
        var verdict = new Verdict { Failure = deployment.Failure ?? stuck };
        verdict.Failed = verdict.Failure is null ? 0 : 1;
        reference.Run(input, partitions, cluster);
        comparison.Compare(reference.Cluster, cluster, partitions, verdict);
        CountEvents();
        return verdict;
    }

    private int Begin(ulong seed, ulong input)
    {
        random.Reset(seed);
        weather.Reset(random);
        int partitions = random.Between(3, 4);
        cluster.Reset(random.Next());
        Topics.Create(cluster, scenario, partitions);
        feed.Reset(input);
        deployment.Reset(random.Between(2, 3), partitions, isStatic: random.OneIn(2));
        fate.Reset();
        disturbance.Reset();
        cluster.Fate = fate;
        return partitions;
    }

    private void Storm()
    {
        for (int i = 0; i < MostStormSteps && !IsStormDone() && deployment.Failure is null; i++)
        {
            for (int steps = IsFeedDue() ? random.Below(4) : 0; steps > 0; steps--)
            {
                feed.Step(deployment.Partitions);
            }

            disturbance.Step();
            cluster.Advance(random.Below(40));
            deployment.TurnAny();
        }
    }

    /// <summary>The input waits for the processes, mostly, so that there are commits enough before it is done.</summary>
    private bool IsFeedDue() => !feed.IsDone
        && (feed.Written < RecordsPerCommit * (cluster.Transactions.Commits + 1) || random.OneIn(25));

    private bool IsStormDone() => feed.IsDone
        && cluster.Transactions.Commits >= LeastCommits && deployment.Faults >= LeastFaults;

    /// <summary>Nothing goes wrong any more: all input is processed, all processes stop cleanly.</summary>
    /// <returns>What keeps it from coming to that; null for nothing.</returns>
    private string? Calm()
    {
        while (!feed.IsDone)
        {
            feed.Step(deployment.Partitions);
        }

        deployment.CalmDown();
        cluster.Advance(25_000); // sessions and transactions of the dead end, partitions have leaders again
        int quietTurns = 0; // each process has had a turn after that many, and has heard of its group
        for (int i = 0; i < MostCalmTurns && quietTurns < QuietTurns && deployment.Failure is null; i++)
        {
            cluster.Advance(20);
            deployment.TurnAny();
            quietTurns = deployment.IsQuiet() ? quietTurns + 1 : 0;
        }

        string? stuck = quietTurns == QuietTurns ? null : $"Comes to no end: {deployment.Describe()}";
        for (int i = deployment.Slots.Count - 1; i >= 0; i--)
        {
            deployment.Stop(deployment.Slots[i]);
        }

        cluster.Advance(20);
        return stuck;
    }

    private void CountEvents()
    {
        NoteIf(cluster.Transactions.TimedOut > 0, RareEvent.TransactionTimedOut);
        NoteIf(deployment.Group.Coordinator.StaticRejoins > 0, RareEvent.StaticRejoin);
        NoteIf(feed.HasAborted, RareEvent.AbortedInput);
        Events.EndSchedule();
    }

    private void NoteIf(bool hasHappened, RareEvent happened)
    {
        if (hasHappened)
        {
            Events.Note(happened);
        }
    }
}
