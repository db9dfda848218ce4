using System.Diagnostics;
using Simulation.Schedules;

namespace Simulation;

/// <summary>Runs many schedules, a worker thread each core; which seed gives what does not depend on that.</summary>
internal sealed class SimulationRun(Func<IScenario> scenario)
{
    private readonly Lock merging = new();
    private long next;
    private long end;

    public Verdict Total { get; } = new();

    public EventCounts Events { get; } = new();

    public long Schedules { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Lowest seed that failed; null where none did.</summary>
    public ulong? FirstFailingSeed { get; private set; }

    /// <summary>What came of that.</summary>
    public Verdict? FirstFailure { get; private set; }

    /// <summary>Runs schedules of consecutive seeds.</summary>
    /// <param name="schedules">How many.</param>
    /// <param name="seed">The first seed.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="stopsAtFailure">Whether the first failure is enough.</param>
    public void Run(long schedules, ulong seed, int workers, bool stopsAtFailure = false)
    {
        long start = Stopwatch.GetTimestamp();
        (next, end, Schedules) = (0, schedules, 0);
        var threads = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            threads[i] = new Thread(() => Work(seed, stopsAtFailure), maxStackSize: 16 << 20);
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Elapsed = Stopwatch.GetElapsedTime(start);
    }

    private void Work(ulong seed, bool stopsAtFailure)
    {
        var schedule = new Schedule(scenario());
        long index;
        long done = 0;
        while ((index = Interlocked.Increment(ref next) - 1) < Volatile.Read(ref end))
        {
            Verdict verdict = Judge(schedule, seed + (ulong)index);
            done++;
            if (!verdict.IsClean)
            {
                Note(seed + (ulong)index, verdict);
                Volatile.Write(ref end, stopsAtFailure ? 0 : Volatile.Read(ref end));
            }
        }

        lock (merging)
        {
            Schedules += done;
            Events.Add(schedule.Events);
        }
    }

    private static Verdict Judge(Schedule schedule, ulong seed)
    {
        try
        {
            return schedule.Run(seed);
        }
        catch (Exception e)
        {
            return new Verdict { Failed = 1, Failure = e.ToString() };
        }
    }

    private void Note(ulong seed, Verdict verdict)
    {
        lock (merging)
        {
            Total.Add(verdict);
            if (FirstFailingSeed is null || seed < FirstFailingSeed)
            {
                (FirstFailingSeed, FirstFailure) = (seed, verdict);
            }
        }
    }
}
