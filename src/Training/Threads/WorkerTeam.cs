using System.Runtime.ExceptionServices;

namespace Streaming.Training.Threads;

/// <summary>A few threads that do one piece of work together, again and again; the caller is one of them.</summary>
/// <remarks>
/// Between two pieces workers spin for some 100 µs, the time of what one thread does alone in an update, and then
/// sleep. <see cref="Run"/> allocates nothing; one caller at a time. A team of one has no thread of its own.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>Most threads: beyond it rows of a batch become too few for each.</summary>
    public const int MaxThreads = 64;

    private const int Spins = 4_000;

    private readonly object gate = new(); // waited on, which a Lock cannot be
    private readonly Thread[] threads;
    private readonly Exception?[] failures;
    private Action<int>? work;
    private int round;
    private int pending;
    private volatile bool stopping;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">Threads that work at once, the caller's included.</param>
    public WorkerTeam(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, MaxThreads);
        Workers = workers;
        failures = new Exception?[workers];
        threads = new Thread[workers - 1];
        for (int n = 0; n < threads.Length; n++)
        {
            int worker = n + 1;
            threads[n] = new(() => Serve(worker)) { IsBackground = true, Name = $"training-{worker}" };
            threads[n].Start();
        }
    }

    /// <summary>A team of the calling thread alone; needs no disposal.</summary>
    public static WorkerTeam Alone { get; } = new(1);

    /// <summary>Threads that work at once, the caller's included.</summary>
    public int Workers { get; }

    /// <summary>Calls the work once for each worker, 0 being the caller, and waits for all of them.</summary>
    /// <exception cref="Exception">What the first worker that failed threw; the others have ended too.</exception>
    public void Run(Action<int> work)
    {
        ObjectDisposedException.ThrowIf(stopping, this);
        if (Workers == 1)
        {
            work(0);
            return;
        }

        this.work = work;
        Volatile.Write(ref pending, threads.Length);
        WakeAll();
        Do(work, 0);
        var spin = default(SpinWait);
        while (Volatile.Read(ref pending) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        RethrowFailure();
    }

    /// <summary>Ends the threads; not while a piece of work runs.</summary>
    public void Dispose()
    {
        if (Workers == 1 || stopping)
        {
            return;
        }

        stopping = true;
        WakeAll();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    private void WakeAll()
    {
        lock (gate)
        {
            Volatile.Write(ref round, round + 1);
            Monitor.PulseAll(gate);
        }
    }

    private void Serve(int worker)
    {
        for (int seen = 0; ; seen++)
        {
            Await(seen);
            if (stopping)
            {
                return;
            }

            Do(work!, worker);
            Interlocked.Decrement(ref pending);
        }
    }

    /// <summary>Waits for the round after one.</summary>
    private void Await(int seen)
    {
        for (int spins = 0; spins < Spins && Volatile.Read(ref round) == seen; spins++)
        {
            Thread.SpinWait(1);
        }

        if (Volatile.Read(ref round) == seen)
        {
            lock (gate)
            {
                while (round == seen)
                {
                    Monitor.Wait(gate);
                }
            }
        }
    }

    private void Do(Action<int> work, int worker)
    {
        try
        {
            work(worker);
        }
        catch (Exception failure) // kept for the caller: no exception may end a worker
        {
            failures[worker] = failure;
        }
    }

    private void RethrowFailure()
    {
        Exception? first = Array.Find(failures, failure => failure is not null);
        if (first is not null)
        {
            Array.Clear(failures);
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
