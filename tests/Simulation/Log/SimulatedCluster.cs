using Simulation.Port;

namespace Simulation.Log;

/// <summary>Brokers in memory: topics, groups, transactions, and time, in which all of them go on.</summary>
/// <remarks>Single-threaded; a pure function of the calls made and of its fate. Reused from schedule to
/// schedule.</remarks>
internal sealed class SimulatedCluster
{
    private readonly List<SimulatedTopic> topics = [];
    private readonly Dictionary<string, SimulatedGroup> groups = [];
    private readonly SeededRandom random = new(0);
    private readonly Func<bool> isDelayed;
    private IFate fate = CalmFate.Instance;

    public SimulatedCluster()
    {
        isDelayed = () => fate.Delays();
        Transactions = new TransactionCoordinator(() => fate.MarkDelayMs());
    }

    public SimulatedClock Clock { get; } = new();

    public TransactionCoordinator Transactions { get; }

    /// <summary>What goes wrong; nothing, until set.</summary>
    public IFate Fate
    {
        get => fate;
        set => fate = value;
    }

    /// <summary>Told of each call of a port and its outcome; null for silence.</summary>
    public Action<string>? Trace { get; set; }

    public IReadOnlyList<SimulatedTopic> Topics => topics;

    /// <summary>Ports made so far.</summary>
    public int Ports { get; set; }

    public SimulatedTopic this[string topic]
    {
        get
        {
            foreach (SimulatedTopic candidate in topics)
            {
                if (candidate.Name == topic)
                {
                    return candidate;
                }
            }

            throw new ArgumentException($"There is no topic '{topic}'.", nameof(topic));
        }
    }

    /// <summary>A group; made when it is first asked for.</summary>
    public SimulatedGroup GroupOf(string name)
    {
        if (!groups.TryGetValue(name, out SimulatedGroup? group))
        {
            group = new SimulatedGroup(random);
            groups.Add(name, group);
        }

        return group;
    }

    /// <summary>Forgets everything but the topics' names, and begins at time 0.</summary>
    public void Reset(ulong seed)
    {
        random.Reset(seed);
        (Clock.NowMs, fate, Ports) = (0, CalmFate.Instance, 0);
        foreach (SimulatedGroup group in groups.Values)
        {
            group.Reset();
        }

        Transactions.Reset();
        topics.ForEach(topic => topic.Reset(0));
    }

    /// <summary>Makes a topic, or one of an earlier schedule again.</summary>
    public SimulatedTopic AddTopic(string name, int partitions, bool isCompacted = false)
    {
        SimulatedTopic? topic = topics.Find(t => t.Name == name);
        if (topic is null)
        {
            topic = new SimulatedTopic(name, isCompacted);
            topics.Add(topic);
        }

        topic.Reset(partitions);
        return topic;
    }

    /// <summary>Time passes; replicas, coordinators and background threads go on.</summary>
    public void Advance(long ms)
    {
        Clock.NowMs += ms;
        Transactions.Expire(Clock.NowMs);
        if (Transactions.HasMarksDue)
        {
            Transactions.DeliverMarks(isDelayed, Clock.NowMs);
        }

        foreach (SimulatedTopic topic in topics)
        {
            for (int i = 0; i < topic.Partitions; i++)
            {
                Replicate(topic[i]);
            }
        }

        foreach (SimulatedGroup group in groups.Values)
        {
            group.Tick(Clock.NowMs, isDelayed);
        }
    }

    private void Replicate(PartitionLog log)
    {
        long behind = log.End - log.HighWatermark;
        if (behind > 0 && log.AwayUntilMs <= Clock.NowMs && !fate.Delays())
        {
            log.Replicate(fate.Amount((int)behind));
        }
    }
}
