namespace Simulation.Log;

/// <summary>Compaction: of the records with one key, the last stays.</summary>
/// <remarks>Never past the stable end. A null stays for delete.retention.ms from the pass that met it first, so that
/// whoever has read the value before it gets to see it.</remarks>
internal sealed class LogCleaner
{
    /// <summary>delete.retention.ms: longer than any restore takes.</summary>
    private const long NullsStayMs = 40_000;

    private readonly Dictionary<ulong, int> lasts = [];

    /// <summary>Cleans a log up to an offset.</summary>
    /// <returns>Records taken away.</returns>
    public int Clean(PartitionLog log, long upTo, long nowMs)
    {
        upTo = Math.Min(upTo, log.StableEnd);
        ReadOnlySpan<LogEntry> entries = log.Entries;
        lasts.Clear();
        int removed = 0;
        for (int i = 0; i < entries.Length && entries[i].Offset < upTo; i++)
        {
            ref readonly LogEntry entry = ref entries[i];
            if (entry.IsRemoved || entry.Transaction == LogEntry.Mark)
            {
                continue;
            }

            if (log.IsAborted(entry))
            {
                log.Remove(i);
                continue;
            }

            ulong key = Hash.Of(log.Key(entry));
            if (lasts.TryGetValue(key, out int last))
            {
                log.Remove(last);
                removed++;
            }

            lasts[key] = i;
        }

        foreach (int i in lasts.Values)
        {
            if (entries[i].ValueLength == LogEntry.Null)
            {
                removed += CleanNull(log, i, entries[i].StaysUntilMs, nowMs);
            }
        }

        return removed;
    }

    private static int CleanNull(PartitionLog log, int index, long staysUntilMs, long nowMs)
    {
        if (staysUntilMs == 0)
        {
            log.Stay(index, nowMs + NullsStayMs);
        }
        else if (nowMs > staysUntilMs)
        {
            log.Remove(index);
            return 1;
        }

        return 0;
    }
}
