using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>The rules of windows by brute force: every bucket of every series looked at after every record.</summary>
internal sealed class IntakeOracle(SeriesProfile[] profiles, string[] ids)
{
    private const int MostTotals = 128;

    private readonly SortedDictionary<long, List<(long Time, double Value)>>[] open =
        [.. profiles.Select(_ => new SortedDictionary<long, List<(long Time, double Value)>>())];

    private readonly Dictionary<(int Series, long Index), long> deadlines = [];
    private readonly long[] ownTimes = [.. profiles.Select(_ => long.MinValue)];
    private readonly List<Sample>[] totals = [.. profiles.Select(_ => new List<Sample>())];
    private readonly ValueKind[] kinds = new ValueKind[profiles.Length];
    private readonly long[] closedThrough = [.. profiles.Select(_ => long.MinValue)];
    private readonly long[] takenThrough = [.. profiles.Select(_ => long.MinValue)];
    private readonly long?[] lastClosed = new long?[profiles.Length];
    private readonly long?[] silentFrom = new long?[profiles.Length];
    private long streamTime = long.MinValue;

    /// <summary>Totals that were taken before their step closed, because too many waited.</summary>
    public int Taken { get; private set; }

    /// <summary>Steps in the order in which they must be queued.</summary>
    public List<(int Series, long TimeTicks, double Value, bool IsHeld, bool Restarts, int Origin)> Steps { get; } = [];

    public IntakeResult Offer(StreamRecord record, int origin)
    {
        (int s, long time, _, _, _) = record;
        SeriesProfile profile = profiles[s];
        if (profile.IsEventMode)
        {
            if (time < ownTimes[s])
            {
                return IntakeResult.Late;
            }

            ownTimes[s] = time;
            streamTime = Math.Max(streamTime, time);
            CloseDue(origin);
            if (ValueOf(record) is { } value)
            {
                Steps.Add((s, time, value, false, false, origin));
            }

            return IntakeResult.Accepted;
        }

        long index = time / profile.StepTicks;
        ValueKind kind = KindOf(profile, record.Kind);
        if (index <= closedThrough[s] || EndOf(s, index) + profile.GraceTicks <= ownTimes[s]
            || (kind == ValueKind.Counter && time < takenThrough[s]))
        {
            return IntakeResult.Late;
        }

        kinds[s] = kind;
        ownTimes[s] = Math.Max(ownTimes[s], time);
        streamTime = Math.Max(streamTime, time);
        Open(s, index);
        if (kind == ValueKind.Counter)
        {
            AddTotal(s, record.Sample);
        }
        else
        {
            open[s][index].Add((time, record.Value));
        }

        CloseDue(origin);
        return IntakeResult.Accepted;
    }

    /// <summary>Keeps every total, one of each time, and takes the oldest of those that wait where too many do.</summary>
    private void AddTotal(int s, Sample total)
    {
        if (total.TimeTicks == takenThrough[s])
        {
            return;
        }

        Sample[] same = [.. totals[s].Where(t => t.TimeTicks == total.TimeTicks), total];
        totals[s].RemoveAll(t => t.TimeTicks == total.TimeTicks);
        totals[s].Add(same.MaxBy(t => (t.StartTicks, t.Value)));
        long[] waiting =
        [
            .. totals[s].Select(t => t.TimeTicks)
                .Where(t => t / profiles[s].StepTicks > closedThrough[s] && t > takenThrough[s]).Order(),
        ];
        if (waiting.Length > MostTotals)
        {
            Taken++;
            takenThrough[s] = waiting[0];
        }
    }

    /// <summary>Rates of the totals of a bucket, each against the newest of all that are older.</summary>
    private IEnumerable<(long Time, double Value)> Rates(int s, long index) =>
        from total in totals[s]
        where total.TimeTicks / profiles[s].StepTicks == index
        orderby total.TimeTicks
        let rate = RateOf(total, totals[s].Where(t => t.TimeTicks < total.TimeTicks))
        where rate is not null
        select (total.TimeTicks, rate.Value);

    private void Open(int s, long index)
    {
        if (open[s].TryAdd(index, []))
        {
            long wait = profiles[s].GraceTicks + profiles[s].MaxSkewTicks;
            long usual = EndOf(s, index) + wait;
            deadlines[(s, index)] = usual > streamTime ? usual : streamTime + profiles[s].StepTicks + wait;
        }
    }

    private static ValueKind KindOf(SeriesProfile profile, ValueKind said) =>
        profile.Kind != ValueKind.Auto ? profile.Kind : said != ValueKind.Auto ? said : ValueKind.Gauge;

    /// <summary>Of an event, the value itself, or the rate of a total against all totals before.</summary>
    private double? ValueOf(StreamRecord record)
    {
        int s = record.Series;
        kinds[s] = KindOf(profiles[s], record.Kind);
        if (kinds[s] != ValueKind.Counter)
        {
            return record.Value;
        }

        Sample[] before = [.. totals[s]];
        totals[s].Add(record.Sample);
        return before.Any(b => b.TimeTicks >= record.TimeTicks) ? null : RateOf(record.Sample, before);
    }

    private static double? RateOf(Sample total, IEnumerable<Sample> before)
    {
        if (!before.Any())
        {
            return null;
        }

        (long time, double value, _, long start) = total;
        Sample previous = before.MaxBy(b => b.TimeTicks);
        bool isNewStart = start > 0 && start != previous.StartTicks;
        if (value >= previous.Value && !(isNewStart && previous.StartTicks > 0))
        {
            return (value - previous.Value) * TimeSpan.TicksPerSecond / (time - previous.TimeTicks);
        }

        return isNewStart && start < time && value >= 0 ? value * TimeSpan.TicksPerSecond / (time - start) : null;
    }

    private long EndOf(int series, long index) => (index + 1) * profiles[series].StepTicks;

    private void CloseDue(int origin)
    {
        var due = from s in Enumerable.Range(0, profiles.Length)
                  where !profiles[s].IsEventMode
                  from index in open[s].Keys.TakeWhile(index => // in order: an earlier bucket holds back the later
                      EndOf(s, index) + profiles[s].GraceTicks <= ownTimes[s] || deadlines[(s, index)] <= streamTime)
                  select (Series: s, Index: index);
        foreach ((int s, long index) in due
            .OrderBy(d => EndOf(d.Series, d.Index)).ThenBy(d => ids[d.Series], StringComparer.Ordinal).ToArray())
        {
            Close(s, index, origin);
        }

        foreach (int s in Enumerable.Range(0, profiles.Length)
            .Where(s => silentFrom[s] <= streamTime && !IsPutOff(s))
            .OrderBy(s => silentFrom[s]).ThenBy(s => ids[s], StringComparer.Ordinal).ToArray())
        {
            silentFrom[s] = null;
            long index = lastClosed[s]!.Value + profiles[s].SilenceSteps;
            Steps.Add((s, index * profiles[s].StepTicks, double.NaN, false, false, origin));
        }
    }

    /// <summary>News of silence wait for the first step that is open.</summary>
    private bool IsPutOff(int s)
    {
        if (open[s].Count == 0)
        {
            return false;
        }

        silentFrom[s] = deadlines[(s, open[s].Keys.First())];
        return true;
    }

    private void Close(int s, long index, int origin)
    {
        List<(long Time, double Value)> values = open[s][index];
        values.AddRange(Rates(s, index));
        open[s].Remove(index);
        closedThrough[s] = index;
        if (values.Count == 0)
        {
            return;
        }

        long missing = lastClosed[s] is long last ? index - last - 1 : 0;
        bool restarts = missing > profiles[s].MaxGapSteps;
        for (long i = index - missing; !restarts && i < index; i++)
        {
            Steps.Add((s, i * profiles[s].StepTicks, double.NaN, true, false, origin));
        }

        Steps.Add((s, index * profiles[s].StepTicks, ValueOf(s, values), false, restarts, origin));
        lastClosed[s] = index;
        silentFrom[s] = profiles[s].SilenceSteps == 0 ? null
            : streamTime + (profiles[s].SilenceSteps * profiles[s].StepTicks) + profiles[s].MaxSkewTicks;
    }

    private double ValueOf(int s, List<(long Time, double Value)> values)
    {
        double sum = values.Sum(v => v.Value);
        return (profiles[s].Aggregate ?? (kinds[s] == ValueKind.Delta ? Aggregate.Sum : Aggregate.Mean)) switch
        {
            Aggregate.Mean => sum / values.Count,
            Aggregate.Sum => sum,
            Aggregate.Min => values.Min(v => v.Value),
            Aggregate.Max => values.Max(v => v.Value),
            Aggregate.Count => values.Count,
            _ => values.OrderBy(v => v.Time).Last().Value, // a stable sort: of equal times the later in the log
        };
    }
}
