using Streaming.Daemon.Backtest;
using Streaming.Inference.Series;

namespace Benchmarks.Experts;

/// <summary>What a backtest does not measure by itself: intervals of the last residuals, and mixtures without each.
/// </summary>
/// <remarks>For files without gaps: what a forecast is off by is looked up in the file.</remarks>
internal sealed class FileWatch
{
    private readonly BacktestFile file;
    private readonly int[] reported;
    private readonly Ablation? ablation;
    private readonly ErrorSums errors;
    private readonly double[] units;
    private readonly int[] steps;
    private readonly int longest;

    /// <param name="file">The file.</param>
    /// <param name="reported">Horizons, in steps.</param>
    /// <param name="experts">Experts, E.</param>
    /// <param name="ablates">Whether mixtures without each are measured.</param>
    public FileWatch(BacktestFile file, int[] reported, int experts, bool ablates)
    {
        (this.file, this.reported, longest) = (file, reported, reported[^1]);
        ablation = ablates ? new(longest) : null;
        errors = new ErrorSums(experts, longest);
        Intervals = new IntervalScores(file.Series.Count, reported, file.StepTicks);
        units = [.. file.Series.Select(one => Deviation(one.Series.Values[..file.Split.TrainEnd]))];
        steps = new int[file.Series.Count];
    }

    /// <summary>How intervals did.</summary>
    public IntervalScores Intervals { get; }

    /// <summary>Mean squared error of the mixture without an expert.</summary>
    public double Without(int expert, int horizonSteps) => errors.Mean(expert, horizonSteps);

    /// <summary>Takes a step.</summary>
    public void Take(in IssuedStep issued)
    {
        int place = SeriesReplay.PlaceOf(issued.Step.Series), t = steps[place]++;
        double[] values = file.Series[place].Series.Values;
        bool isScored = t >= file.Split.OnlineStart - 1 && t + longest < file.Split.End;
        for (int k = 0; k < reported.Length; k++)
        {
            int h = reported[k] - 1;
            Intervals.Learn(place, k, t, values[t], issued.Yhat[h]);
            if (isScored)
            {
                Intervals.Score(
                    place, k, (issued.Yhat[h], issued.Quantiles[h], issued.Quantiles[^(longest - h)]),
                    values[t + h + 1], units[place]);
            }
        }

        ablation?.Take(issued, (expert, forecasts) =>
        {
            for (int k = 0; isScored && k < longest; k++)
            {
                double error = (forecasts[k] - values[t + k + 1]) / units[place];
                errors.Add(expert, k, error * error);
            }
        });
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
