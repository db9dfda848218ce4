namespace Streaming.Daemon.Demo;

/// <summary>Merges streams into one order in which all of them start and end together.</summary>
/// <remarks>
/// With N rows in the longest stream, row i of a stream with n rows is due at tick ⌈i (N − 1) / (n − 1)⌉: the first
/// at 0, the last at N − 1, the others evenly between, at most one of a stream a tick. Within a tick streams keep the
/// order they are given in. Pure and deterministic.
/// </remarks>
internal static class ReplayOrder
{
    /// <summary>Enumerates every row of every stream once, in the order of ticks.</summary>
    /// <param name="streams">Streams, each with at least one row.</param>
    /// <param name="cadenceOf">Grid of a series, by its id: tells which record closes a step.</param>
    public static IEnumerable<ReplayRecord> Merge(
        IReadOnlyList<DemoStream> streams, Func<string, Cadence> cadenceOf)
    {
        int ticks = streams.Max(stream => stream.Rows.Count);
        Cadence[] cadences = [.. streams.Select(stream => cadenceOf(stream.Series))];
        int[] next = new int[streams.Count];
        long?[] open = new long?[streams.Count];
        for (int tick = 0; tick < ticks; tick++)
        {
            for (int s = 0; s < streams.Count; s++)
            {
                IReadOnlyList<DemoRow> rows = streams[s].Rows;
                if (next[s] < rows.Count && (long)next[s] * (ticks - 1) <= (long)tick * (rows.Count - 1))
                {
                    DemoRow row = rows[next[s]++];
                    long step = cadences[s].StepOf(row.Time);
                    yield return new(tick, streams[s].Series, row, step > open[s] ? open[s] : null);
                    open[s] = Math.Max(step, open[s] ?? step);
                }
            }
        }
    }
}
