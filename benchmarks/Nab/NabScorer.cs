namespace Benchmarks.Nab;

/// <summary>NAB's scoring, standard profile: what detections at a threshold are worth over several files.</summary>
/// <remarks>
/// A window counts by its earliest detection, from 1 at its start to 0 at its end along a sigmoid, and −1 where it has
/// none; each detection elsewhere costs .11 at most, less just after a window. Normalized: 0 is no detection at all,
/// 100 the first row of every window and nothing else. Source: Lavin and Ahmad 2015, and NAB's own code, from which the
/// bounds of rows and windows are taken.
/// </remarks>
internal sealed class NabScorer
{
    private const double FalsePositiveWeight = 0.11;
    private const double FarBehind = 3;

    private readonly List<Point> points = [];
    private int windows;
    private int scoredWindows;

    /// <summary>Adds a file.</summary>
    /// <param name="file">Its rows and windows.</param>
    /// <param name="scores">Of its rows, in [0, 1]: detected where the threshold is reached.</param>
    public void Add(NabFile file, ReadOnlySpan<double> scores)
    {
        int window = 0, before = scoredWindows;
        for (int row = 0; row < scores.Length; row++)
        {
            while (window < file.Windows.Length && row > file.Windows[window].Last)
            {
                window++;
            }

            bool isInside = window < file.Windows.Length && row >= file.Windows[window].First;
            double worth = isInside ? Inside(file.Windows[window], row)
                : window > 0 ? FalsePositiveWeight * Behind(file.Windows[window - 1], row)
                : -FalsePositiveWeight;
            if (row >= file.ProbationRows)
            {
                points.Add(new(scores[row], worth, isInside ? windows + window : -1));
            }
        }

        windows += file.Windows.Length;
        scoredWindows = before + file.Windows.Count(one => one.Last >= file.ProbationRows);
    }

    /// <summary>Score at the threshold that serves best, the same for all files.</summary>
    public NabScore Best() => Sweep().MaxBy(score => score.Normalized)!;

    /// <summary>Score at a threshold.</summary>
    public NabScore At(double threshold) => Sweep().Last(score => score.Threshold >= threshold);

    /// <summary>Scores at all thresholds that tell rows apart, descending; the first detects nothing.</summary>
    public IEnumerable<NabScore> Sweep()
    {
        double[] found = new double[windows];
        Array.Fill(found, -1);
        double missed = -scoredWindows, falsePositives = 0;
        int detections = 0, falseCount = 0, foundCount = 0;
        yield return Score(double.PositiveInfinity);
        Point[] ordered = [.. points.OrderByDescending(point => point.Score)];
        for (int i = 0; i < ordered.Length; i++)
        {
            Point point = ordered[i];
            detections++;
            if (point.Window < 0)
            {
                falsePositives += point.Worth;
                falseCount++;
            }
            else if (point.Worth > found[point.Window])
            {
                foundCount += found[point.Window] < 0 ? 1 : 0;
                missed += point.Worth - found[point.Window];
                found[point.Window] = point.Worth;
            }

            if (i + 1 == ordered.Length || ordered[i + 1].Score < point.Score)
            {
                yield return Score(point.Score);
            }
        }

        NabScore Score(double threshold) => new(
            threshold, 100 * (missed + falsePositives + scoredWindows) / (windows + scoredWindows), foundCount, windows,
            detections, falseCount);
    }

    private static double Inside((int First, int Last) window, int row)
    {
        double width = window.Last - window.First + 1;
        return Sigmoid(-(window.Last - row + 1) / width) / Sigmoid(-1);
    }

    private static double Behind((int First, int Last) window, int row)
    {
        double widths = (row - window.Last) / (double)(window.Last - window.First);
        return widths > FarBehind ? -1 : Sigmoid(widths);
    }

    private static double Sigmoid(double position) => (2 / (1 + Math.Exp(5 * position))) - 1;

    /// <summary>A scored row.</summary>
    /// <param name="Score">What the detector gave it.</param>
    /// <param name="Worth">What detecting it is worth.</param>
    /// <param name="Window">Number of the window it lies in; −1: none.</param>
    private readonly record struct Point(double Score, double Worth, int Window);
}
