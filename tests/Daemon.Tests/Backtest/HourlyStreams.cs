using System.Globalization;
using System.Text;
using Daemon.Tests.Pipeline;

namespace Daemon.Tests.Backtest;

/// <summary>Some hours of a few series as rows: seasonal, noisy, with gaps short and long, and an outage.</summary>
internal sealed class HourlyStreams
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="seed">Of the values and gaps.</param>
    /// <param name="series">How many.</param>
    /// <param name="hours">Rows.</param>
    /// <param name="hasGaps">Whether values are missing.</param>
    public HourlyStreams(int seed, int series, int hours, bool hasGaps = true)
    {
        var random = new Random(seed);
        var levels = new double[series];
        Values = [.. Enumerable.Range(0, hours).Select(t => Row(random, levels, t, hasGaps))];
    }

    /// <summary>Values, [hours][series]; NaN where one is missing.</summary>
    public double[][] Values { get; }

    public int Series => Values[0].Length;

    /// <summary>The same up to a row, noise from then on.</summary>
    public HourlyStreams WithNoiseFrom(int row)
    {
        var random = new Random(99);
        var noisy = new HourlyStreams(0, Series, Values.Length);
        for (int t = 0; t < Values.Length; t++)
        {
            noisy.Values[t] = t < row
                ? Values[t]
                : [.. Values[t].Select(value => double.IsNaN(value) ? value : Noise(random))];
        }

        return noisy;
    }

    public static DateTime TimeOf(int row) => Start.AddHours(row);

    public static string IdOf(int series) => $"s{series}";

    /// <summary>As a wide CSV file.</summary>
    public string ToWide()
    {
        var text = new StringBuilder("time");
        text.AppendJoin("", Enumerable.Range(0, Series).Select(s => $",{IdOf(s)}")).AppendLine();
        for (int t = 0; t < Values.Length; t++)
        {
            text.Append(TimeOf(t).ToString("s", CultureInfo.InvariantCulture));
            text.AppendJoin("", Values[t].Select(value => $",{Text(value)}")).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>As a long CSV file.</summary>
    public string ToLong()
    {
        var text = new StringBuilder("series,time,value\n");
        foreach ((int t, int s) in Present())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{IdOf(s)},{TimeOf(t):s},{Values[t][s]:R}");
        }

        return text.ToString();
    }

    /// <summary>As a partition's records; the offset of each is its place.</summary>
    public MemoryBroker ToBroker()
    {
        var broker = new MemoryBroker(1);
        foreach ((int t, int s) in Present())
        {
            broker.AddEvent(0, IdOf(s), TimeOf(t), Values[t][s]);
        }

        return broker;
    }

    /// <summary>Row and series of each value there is, in the order of time.</summary>
    public IEnumerable<(int Row, int Series)> Present() =>
        from t in Enumerable.Range(0, Values.Length)
        from s in Enumerable.Range(0, Series)
        where !double.IsNaN(Values[t][s])
        select (t, s);

    private static double[] Row(Random random, double[] levels, int t, bool hasGaps)
    {
        var row = new double[levels.Length];
        for (int s = 0; s < row.Length; s++)
        {
            levels[s] += random.NextDouble() - 0.5;
            double value = (10 * s) + levels[s] + (5 * Math.Sin((t + s) * Math.PI / 12)) + random.NextDouble();
            bool isOut = s == 1 && t is >= 200 and < 240;
            bool isMissing = hasGaps && (isOut || random.Next(25) == 0);
            row[s] = isMissing ? double.NaN : value;
        }

        return row;
    }

    private static double Noise(Random random) => 1e4 * (random.NextDouble() - 0.5);

    private static string Text(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
