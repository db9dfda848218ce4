using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest.Report;

/// <summary>The last stretch of one series, with forecasts from some of its steps.</summary>
internal sealed class ExcerptRecorder
{
    private const int Steps = 1_500;
    private const int HistorySteps = 200;
    private const int MostFans = 80;

    private readonly List<long> times = [];
    private readonly List<double> values = [];
    private readonly List<int> alarms = [];
    private readonly List<Fan> fans = [];
    private readonly long firstTicks;
    private readonly long firstFanTicks;
    private readonly int every;
    private readonly int horizonSteps;

    /// <param name="file">The file of the series.</param>
    /// <param name="horizonSteps">Longest horizon.</param>
    public ExcerptRecorder(BacktestFile file, int horizonSteps)
    {
        this.horizonSteps = horizonSteps;
        int from = Math.Max(file.Split.OnlineStart - 1, file.Split.End - Steps);
        firstFanTicks = file.Rows[from];
        firstTicks = file.Rows[Math.Max(from - HistorySteps, 0)];
        every = Math.Max((file.Split.End - from) / MostFans, 1);
    }

    /// <summary>Takes a step.</summary>
    public void Take(in IssuedStep issued)
    {
        if (issued.Step.IsHeld || issued.Step.TimeTicks < firstTicks)
        {
            return;
        }

        if (issued.Head.IsAnomaly)
        {
            alarms.Add(times.Count);
        }

        if (issued.Step.TimeTicks >= firstFanTicks && times.Count % every == 0)
        {
            int horizons = issued.Yhat.Length;
            bool hasInterval = issued.Quantiles.Length >= 2 * horizons;
            fans.Add(new(
                times.Count, Numbers(issued.Yhat),
                hasInterval ? Numbers(issued.Quantiles[..horizons]) : [],
                hasInterval ? Numbers(issued.Quantiles[^horizons..]) : []));
        }

        times.Add(FileRecorder.MsOf(issued.Step.TimeTicks));
        values.Add(FileRecorder.Short(issued.Step.Value) ?? 0);
    }

    /// <summary>What the page shows of it.</summary>
    public SeriesExcerpt ToExcerpt(string id) => new(id, times, values, fans, alarms);

    private double?[] Numbers(ReadOnlySpan<double> values)
    {
        var numbers = new double?[Math.Min(values.Length, horizonSteps)];
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] = FileRecorder.Short(values[k]);
        }

        return numbers;
    }
}
