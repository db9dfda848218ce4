namespace Streaming.Testing;

/// <summary>Measures what code under test allocates.</summary>
internal static class Allocation
{
    /// <summary>Bytes that the calling thread allocates in the cheapest of some calls of an action.</summary>
    /// <remarks>
    /// What an action allocates of its own it allocates in each call; the first compiles and grows buffers, and the
    /// runtime may charge the thread for something of its own in any of them.
    /// </remarks>
    public static long Least(Action action)
    {
        long least = long.MaxValue;
        for (int call = 0; call < 5; call++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
