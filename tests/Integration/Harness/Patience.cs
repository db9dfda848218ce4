using System.Diagnostics;

namespace Integration.Harness;

/// <summary>Bounded waiting: long enough for a busy machine, so that only what never comes fails a test.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until something holds.</summary>
    /// <param name="holds">Asked again and again.</param>
    /// <param name="state">What to say when it never does.</param>
    /// <exception cref="TimeoutException">It did not within <see cref="Limit"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> state)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s in vain: {state()}");
            }

            await Task.Delay(Pause);
        }
    }
}
