using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>Commits for a lane: what came of the records, what is stored of the tasks, the places in the log.</summary>
/// <remarks>Lane's thread only.</remarks>
/// <param name="tasks">The lane's tasks.</param>
/// <param name="instruments">Told how it goes.</param>
/// <param name="committed">Called once all tasks are committed.</param>
/// <param name="clock">Tells which series have waited for longer than an interval.</param>
/// <param name="pace">How much commits store.</param>
internal abstract class Committer<TTask>(
    PartitionTable<TTask> tasks, ReadingInstruments instruments, Action committed, TimeProvider clock,
    StorePace pace)
    where TTask : class, IPartitionTask
{
    /// <summary>Tries of a commit that something waits for.</summary>
    protected const int LastTries = 3;

    private readonly long start = clock.GetTimestamp();
    private readonly List<TTask> parts = []; // of the commit under way
    private readonly List<PartitionOffset> places = []; // theirs
    private int firstToStore; // partition

    protected PartitionTable<TTask> Tasks => tasks;

    protected ReadingInstruments Instruments => instruments;

    /// <summary>Tasks that the commit under way is of.</summary>
    protected IReadOnlyList<TTask> Parts => parts;

    /// <summary>Where they are.</summary>
    protected ReadOnlySpan<PartitionOffset> Places => CollectionsMarshal.AsSpan(places);

    /// <summary>How much commits store.</summary>
    protected StorePace Pace => pace;

    /// <summary>Now, in ms of the clock of commits.</summary>
    protected long NowMs => (long)clock.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>Brings what was begun to its end.</summary>
    /// <returns>False while it has none: nothing else may be done with the port then, not even a poll.</returns>
    public abstract bool TrySettle();

    /// <summary>Sends what the last turn has put out, if that is not done yet.</summary>
    /// <returns>Whether so much has gathered that a commit is due.</returns>
    public abstract bool SendOutputs();

    /// <summary>Commits all that is done.</summary>
    public abstract void Commit();

    /// <summary>Commits all that is done, with a few tries: what is to follow wants to have that said first.</summary>
    /// <param name="isDraining">Whether all is to be stored, however young.</param>
    /// <returns>False where Kafka is slow or away; it is said at a later commit then.</returns>
    /// <exception cref="KafkaPortException">Something produced was lost, or the port is broken.</exception>
    public abstract bool CommitNow(bool isDraining = false);

    /// <summary>Commits again what was committed of a task last, but that it has a record in hand; with a few
    /// tries.</summary>
    public abstract void Withdraw(TTask task);

    /// <summary>Commits before partitions leave. What can't be committed the next owner does again.</summary>
    public abstract void CommitLast();

    /// <summary>After a rebalance: reads the partitions that stayed again, if the last commit found something
    /// lost.</summary>
    /// <returns>Whether it did; records polled before that are void.</returns>
    /// <exception cref="InvalidOperationException">As for <see cref="Reopen"/>.</exception>
    public abstract bool Recover();

    /// <summary>Reads all partitions again after a loss.</summary>
    /// <exception cref="InvalidOperationException">It is the third loss before the first was made good.</exception>
    public abstract void Reopen(KafkaPortException loss);

    /// <summary>A partition is gone: drops what came of it since the last commit.</summary>
    public abstract void Drop(int partition);

    /// <summary>Stores of each task what is due, so far as the pace allows; each commit begins with another task.</summary>
    /// <param name="isDraining">Whether all is to be stored, however young.</param>
    /// <param name="left">For how long at most, whatever the pace.</param>
    protected void Store(bool isDraining, TimeSpan left)
    {
        var turn = new StoreTurn(NowMs, isDraining, pace);
        pace.Begin(left);
        int first = Math.Max(0, parts.FindIndex(task => task.Partition >= firstToStore));
        for (int i = 0; i < parts.Count; i++)
        {
            pace.BeginTask(i, parts.Count);
            parts[(first + i) % parts.Count].Store(turn);
        }

        firstToStore = parts.Count > 0 ? parts[first].Partition + 1 : 0;
    }

    /// <summary>Finds out which tasks have something to commit.</summary>
    protected void Prepare(bool isDraining)
    {
        parts.Clear();
        places.Clear();
        foreach (TTask task in tasks.All)
        {
            PartitionOffset place = task.NextCommit;
            if (task.Reading.IsNews(place) || task.HasToStore(NowMs, isDraining))
            {
                parts.Add(task);
                places.Add(place);
            }
        }
    }

    /// <summary>What was prepared is committed.</summary>
    protected void Done()
    {
        pace.Acknowledged();
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i].Committed(places[i]);
        }

        parts.Clear();
        places.Clear();
        committed();
    }
}
