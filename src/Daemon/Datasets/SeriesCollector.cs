using System.Text;
using Streaming.Daemon.Pipeline;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Datasets;

/// <summary>Gathers the observations of a file by series.</summary>
internal sealed class SeriesCollector(string path)
{
    private readonly Dictionary<string, List<(long Time, double Value, double[] With)>> byId = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <summary>Whether a series has observations.</summary>
    public bool Has(string id) => byId.ContainsKey(id);

    /// <summary>Adds one observation; NaN for a missing value.</summary>
    /// <param name="id">Its series.</param>
    /// <param name="timeTicks">Its time, in ticks.</param>
    /// <param name="value">Its value.</param>
    /// <param name="with">Its covariates, [C]; as many in all lines of a file.</param>
    public void Add(string id, long timeTicks, double value, double[] with)
    {
        if (!byId.TryGetValue(id, out List<(long Time, double Value, double[] With)>? observations))
        {
            observations = [];
            byId.Add(id, observations);
            order.Add(id);
        }

        observations.Add((timeTicks, value, with));
    }

    /// <summary>All series, in the order in which they first appeared, each sorted by time; ties keep their order.
    /// </summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public IReadOnlyList<RawSeries> ToSeries()
    {
        if (order.Count == 0)
        {
            throw new InvalidDataException($"{path}: no line after the header.");
        }

        return [.. order.Select(Of)];
    }

    private RawSeries Of(string id)
    {
        (long Time, double Value, double[] With)[] sorted = [.. byId[id].OrderBy(observation => observation.Time)];
        return new(
            id, Utf8Comparer.Hash(Encoding.UTF8.GetBytes(id)),
            [.. sorted.Select(observation => observation.Time)], [.. sorted.Select(observation => observation.Value)])
        {
            Covariates = [.. sorted.SelectMany(observation => observation.With)],
        };
    }
}
