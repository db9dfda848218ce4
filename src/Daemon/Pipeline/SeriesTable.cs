using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Output;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>The series of one task, by id. At its bound new series are refused, never swapped in.</summary>
internal sealed class SeriesTable
{
    private readonly Dictionary<byte[], SeriesState> series = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], SeriesState>.AlternateLookup<ReadOnlySpan<byte>> byId;
    private readonly RuleBook rules;
    private readonly ForecasterSettings settings;
    private readonly int maxSeries;

    public SeriesTable(RuleBook rules, ForecasterSettings settings, ModelShape shape, int maxSeries)
    {
        (this.rules, this.settings, this.maxSeries) = (rules, settings, maxSeries);
        byId = series.GetAlternateLookup<ReadOnlySpan<byte>>();
        States = new StateTable(shape, maxSeries);
    }

    /// <summary>Rows of hidden and cell state.</summary>
    public StateTable States { get; }

    /// <summary>Series kept.</summary>
    public int Count => series.Count;

    /// <summary>Bytes kept, by a walk over a sample of the series: series of one deployment are much alike.</summary>
    public long EstimateBytes()
    {
        const int sampled = 64;
        long bytes = 0;
        int seen = 0;
        foreach (SeriesState state in series.Values)
        {
            bytes += state.Bytes;
            if (++seen == sampled)
            {
                break;
            }
        }

        return States.Bytes + (seen == 0 ? 0 : bytes * series.Count / seen);
    }

    /// <summary>The series of an id; null where there is none yet.</summary>
    public SeriesState? Find(ReadOnlySpan<byte> id) =>
        byId.TryGetValue(id, out SeriesState? found) ? found : null;

    /// <summary>The profile that the rules give an id, whether or not it has a series.</summary>
    public SeriesProfile ProfileOf(ReadOnlySpan<byte> id) => rules.Resolve(Encoding.UTF8.GetString(id)).Profile;

    /// <summary>Makes the series of an id that has none; null where the bound forbids it.</summary>
    public SeriesState? TryAdd(ReadOnlySpan<byte> id)
    {
        if (series.Count == maxSeries)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(id);
        SeriesProfile profile = rules.Resolve(text).Profile;
        byte[] key = id.ToArray();
        var identity = new SeriesIdentity(
            key, Utf8Comparer.Hash(id), JsonText.Quote(id), JsonText.Step(profile.StepTicks));
        var state = new SeriesState(profile, settings, States.Rent())
        {
            NamedKind = ValueKinds.OfName(text),
            Tag = identity,
        };
        series.Add(key, state);
        return state;
    }
}
