using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Output;
using Streaming.Daemon.State;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>The series of one task, by id. At its bound new series are refused, never swapped in.</summary>
/// <remarks>A series that is let go is gone at once, but its row is kept until its pending steps are done: what a
/// record finds does not depend on how records are gathered.</remarks>
internal sealed class SeriesTable
{
    private readonly Dictionary<byte[], SeriesState> series = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], SeriesState>.AlternateLookup<ReadOnlySpan<byte>> byId;
    /// <summary>Rows that may wait for pending steps beside those of all series: a flush, and one large
    /// record.</summary>
    private const int WaitingRows = 1 << 17;

    private readonly List<int> waitingRows = [];
    private readonly RuleBook rules;
    private readonly ExpertPlan[] plans; // by kind
    private readonly ulong[] forms; // likewise
    private readonly ForecasterSettings settings;
    private readonly int maxSeries;

    public SeriesTable(RuleBook rules, ForecasterSettings settings, ModelShape shape, int maxSeries)
    {
        (this.rules, this.settings, this.maxSeries) = (rules, settings, maxSeries);
        plans = [.. rules.Kinds.Select(kind => ExpertPlan.Of(kind.Profile, settings, shape.Hidden, kind.MemberCount))];
        forms = [.. rules.Kinds.Select(kind => SeriesForm.Of(kind))];
        byId = series.GetAlternateLookup<ReadOnlySpan<byte>>();
        States = new StateTable(shape, (2 * maxSeries) + WaitingRows);
        Groups = new TaskGroups(rules);
    }

    /// <summary>Groups of related series.</summary>
    public TaskGroups Groups { get; }

    /// <summary>Rows of hidden and cell state.</summary>
    public StateTable States { get; }

    /// <summary>Units of the series.</summary>
    public MeasureUnits Units { get; } = new();

    /// <summary>Series kept.</summary>
    public int Count => series.Count;

    /// <summary>Series that may be kept.</summary>
    public int MaxCount => maxSeries;

    /// <summary>All series, in no order.</summary>
    public IEnumerable<SeriesState> All => series.Values;

    /// <summary>The same, each at a place of its own.</summary>
    public SeriesRows Rows { get; } = new();

    /// <summary>What <see cref="Cold"/> counted last.</summary>
    public int ColdCount { get; private set; }

    /// <summary>Rows that wait for pending steps before they are free again.</summary>
    public int WaitingRowCount => waitingRows.Count;

    /// <summary>Series let go, for whoever counts them to set back.</summary>
    public int Evicted { get; set; }

    /// <summary>Bytes kept, by a walk over a sample of the series: series of one deployment are much alike.</summary>
    public long EstimateBytes()
    {
        const int sampled = 64;
        long bytes = 0;
        int seen = 0;
        foreach (SeriesState state in series.Values)
        {
            bytes += state.Bytes + SeriesIdentity.BytesOf(SeriesIdentity.Of(state).Id.Length);
            if (++seen == sampled)
            {
                break;
            }
        }

        return States.Bytes + (seen == 0 ? 0 : bytes * series.Count / seen);
    }

    /// <summary>Series that have seen too few steps for forecasts to rely on, by a walk over all.</summary>
    /// <returns>How many, and how far the furthest of them is; nothing of it where there are none.</returns>
    public (int Count, SeriesProgress Furthest) Cold()
    {
        int count = 0;
        SeriesProgress furthest = default;
        foreach (SeriesState state in series.Values)
        {
            var progress = SeriesProgress.Of(state, settings);
            if (progress.Status == SeriesStatus.Cold)
            {
                furthest = count == 0 || progress.Steps > furthest.Steps ? progress : furthest;
                count++;
            }
        }

        ColdCount = count;
        return (count, furthest);
    }

    /// <summary>The series of an id; null where there is none yet.</summary>
    public SeriesState? Find(ReadOnlySpan<byte> id) =>
        byId.TryGetValue(id, out SeriesState? found) ? found : null;

    /// <summary>Whether a series of this id is to be forecast.</summary>
    public bool Takes(ReadOnlySpan<byte> id)
    {
        Span<char> text = stackalloc char[ObservationList.MaxIdBytes]; // UTF-16 never has more units than UTF-8 bytes
        return rules.Takes(text[..Encoding.UTF8.GetChars(id, text)]);
    }

    /// <summary>The profile that the rules give an id, whether or not it has a series.</summary>
    public SeriesProfile ProfileOf(ReadOnlySpan<byte> id) => rules.Resolve(Encoding.UTF8.GetString(id)).Profile;

    /// <summary>What its profile gives the state of a series: <see cref="SeriesForm"/>.</summary>
    public ulong FormOf(SeriesState state) => forms[SeriesIdentity.Of(state).Kind];

    /// <summary>Makes the series of an id that has none, whatever the bound.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="born">Offset of its first record.</param>
    public SeriesState Add(ReadOnlySpan<byte> id, long born)
    {
        string text = Encoding.UTF8.GetString(id);
        SeriesKind kind = rules.Resolve(text);
        byte[] key = id.ToArray();
        var identity = new SeriesIdentity(
            key, Utf8Comparer.Hash(id), JsonText.Quote(id), JsonText.Step(kind.Profile.StepTicks),
            kind.Index)
        {
            Born = born,
        };
        var state = new SeriesState(kind.Profile, settings, States.Rent(), plans[kind.Index])
        {
            NamedKind = ValueKinds.OfName(text),
            Tag = identity,
        };
        Groups.Join(id, state);
        series.Add(key, state);
        Rows[state.Row] = state;
        return state;
    }

    /// <summary>Takes a series out at once: no step of it is pending.</summary>
    public void Drop(ReadOnlySpan<byte> id)
    {
        if (byId.Remove(id, out _, out SeriesState? state))
        {
            Rows[state.Row] = null;
            States.Return(state.Row);
        }
    }

    /// <summary>Lets a series go; its id is free for a new one.</summary>
    public void Remove(SeriesState state)
    {
        series.Remove(SeriesIdentity.Of(state).Id);
        Rows[state.Row] = null;
        waitingRows.Add(state.Row);
        Evicted++;
    }

    /// <summary>Frees the rows of the series that were let go: no step of theirs is pending.</summary>
    public void FreeRows()
    {
        foreach (int row in waitingRows)
        {
            States.Return(row);
        }

        waitingRows.Clear();
    }
}
