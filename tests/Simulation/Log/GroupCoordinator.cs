namespace Simulation.Log;

/// <summary>The group: members, generations, and the two steps of a cooperative rebalance.</summary>
/// <remarks>The generation is looked at where offsets are committed, and nowhere else.</remarks>
internal sealed class GroupCoordinator(SeededRandom random)
{
    private readonly List<SimulatedMember> members = [];
    private readonly List<IGroupClient> clients = [];
    private readonly GroupAssignor assignor = new(random);
    private int lastMemberId;
    private bool isPreparing;
    private bool isShuffled;

    /// <summary>Silence after which a member is expelled, ms: session.timeout.ms.</summary>
    public long SessionMs { get; set; } = 10_000;

    public int Generation { get; private set; }

    /// <summary>Partitions of the topic, set before each tick.</summary>
    public int PartitionCount { get; set; }

    public bool IsEmpty => members.Count == 0;

    /// <summary>Whether all members have heard of the present assignment.</summary>
    public bool IsStable => !isPreparing && !members.Exists(member => member.IsSyncDue);

    /// <summary>Static members that came back into their old place, without a rebalance.</summary>
    public int StaticRejoins { get; private set; }

    public void Reset()
    {
        members.Clear();
        clients.Clear();
        (lastMemberId, Generation, PartitionCount, StaticRejoins) = (0, 0, 0, 0);
        (isPreparing, isShuffled) = (false, false);
    }

    /// <summary>A client subscribes: its background thread joins when it comes to it.</summary>
    public void Subscribe(IGroupClient client) => clients.Add(client);

    /// <summary>A client ends; a dynamic member leaves the group, a static one does not.</summary>
    public void Leave(IGroupClient client)
    {
        clients.Remove(client);
        if (client is { InstanceId: null, Member: { } member } && members.Remove(member))
        {
            Prepare();
        }
    }

    /// <summary>A client dies: the group hears nothing of it.</summary>
    public void Vanish(IGroupClient client) => clients.Remove(client);

    /// <summary>All members have to join again.</summary>
    /// <param name="isShuffled">Moves partitions about then.</param>
    public void Prepare(bool isShuffled = false)
    {
        isPreparing = true;
        this.isShuffled |= isShuffled;
        foreach (SimulatedMember member in members)
        {
            member.HasRejoined = false;
        }
    }

    /// <summary>Whether offsets may be committed in the name of a member.</summary>
    /// <param name="memberId">Member id, 0 for none.</param>
    /// <param name="generation">Generation, −1 for none.</param>
    /// <param name="instanceId">group.instance.id or null.</param>
    /// <param name="isTransactional">In a transaction nobody is asked for who has no member id and no generation, as
    /// in Kafka (ClassicGroup.validateOffsetCommit).</param>
    public GroupAnswer Validate(int memberId, int generation, string? instanceId, bool isTransactional)
    {
        if (generation < 0 && IsEmpty)
        {
            return GroupAnswer.Ok;
        }

        if (generation < 0 && memberId == 0 && instanceId is null)
        {
            return isTransactional ? GroupAnswer.Ok : GroupAnswer.UnknownMember;
        }

        SimulatedMember? member = instanceId is null ? null : members.Find(m => m.InstanceId == instanceId);
        if (member is not null && member.Id != memberId)
        {
            return GroupAnswer.FencedInstance;
        }

        return !members.Exists(m => m.Id == memberId) ? GroupAnswer.UnknownMember
            : generation != Generation ? GroupAnswer.IllegalGeneration : GroupAnswer.Ok;
    }

    /// <summary>Lets background threads and coordinator do what is due.</summary>
    /// <param name="nowMs">The clock.</param>
    /// <param name="isDelayed">Says of each thing that is due whether it takes longer.</param>
    public void Tick(long nowMs, Func<bool> isDelayed)
    {
        for (int i = clients.Count - 1; i >= 0; i--)
        {
            if (clients[i].IsRunning)
            {
                Serve(clients[i], nowMs, isDelayed);
            }
        }

        for (int i = members.Count - 1; i >= 0; i--)
        {
            if (nowMs - members[i].SeenMs > SessionMs)
            {
                members.RemoveAt(i);
                Prepare();
            }
        }

        if (isPreparing && members.Count > 0 && members.TrueForAll(member => member.HasRejoined) && !isDelayed())
        {
            Complete();
        }
    }

    private void Serve(IGroupClient client, long nowMs, Func<bool> isDelayed)
    {
        SimulatedMember? member = client.Member;
        if (member is not null && !members.Contains(member))
        {
            Dismiss(client, member);
            return;
        }

        if (member is null)
        {
            if (!client.HasUnserved && !isDelayed())
            {
                client.Member = Join(client, nowMs);
            }

            return;
        }

        member.SeenMs = nowMs;
        if (isPreparing && !member.HasRejoined)
        {
            if (!client.HasUnserved && !isDelayed())
            {
                (member.HasRejoined, member.IsSyncDue, member.Owned) = (true, false, client.Held);
            }
        }
        else if (member.IsSyncDue && !isDelayed())
        {
            member.IsSyncDue = false;
            client.Sync(Generation, member.Assigned);
        }
    }

    private void Dismiss(IGroupClient client, SimulatedMember member)
    {
        client.Member = null;
        if (member.InstanceId is { } instance && members.Exists(m => m.InstanceId == instance))
        {
            client.Replaced();
            clients.Remove(client); // for good
        }
        else
        {
            client.Expelled();
        }
    }

    /// <summary>A new member, or an old static one under a new id: then in a stable group nothing else
    /// changes.</summary>
    private SimulatedMember Join(IGroupClient client, long nowMs)
    {
        var member = new SimulatedMember(++lastMemberId, client.InstanceId) { SeenMs = nowMs };
        int place = client.InstanceId is null ? -1 : members.FindIndex(m => m.InstanceId == client.InstanceId);
        if (place < 0)
        {
            members.Add(member);
            Prepare();
            return member;
        }

        (member.Assigned, member.IsSyncDue) = (members[place].Assigned, true);
        members[place] = member;
        StaticRejoins += isPreparing ? 0 : 1;
        if (HasUnassigned())
        {
            Prepare(); // what its predecessor was to give up, it will never give up
        }

        return member;
    }

    private bool HasUnassigned()
    {
        uint assigned = 0;
        foreach (SimulatedMember member in members)
        {
            assigned |= member.Assigned;
        }

        return assigned != Partitions.First(PartitionCount);
    }

    private void Complete()
    {
        Generation++;
        assignor.Assign(members, PartitionCount, isShuffled);
        (isPreparing, isShuffled) = (false, false);
        foreach (SimulatedMember member in members)
        {
            member.IsSyncDue = true;
        }
    }
}
