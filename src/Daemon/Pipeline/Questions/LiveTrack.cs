using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>How the forecasts of one series have done since this process has it.</summary>
/// <remarks>Sums of errors at the first horizon, in units of the series' scale then, forgotten over 500 steps. An error
/// counts up to 10 units, so that one jump does not drown the rest. Not stored, and reaches no forecast.</remarks>
internal struct LiveTrack
{
    private const int MemorySteps = 500;
    private const int LeastScored = 24;

    /// <summary>Steps after which the scale of a series means something.</summary>
    private const int ScaleSteps = 8;
    private const double LargestError = 10;

    private double error;
    private double naive;
    private int scored;

    /// <summary>Anomaly score of the newest value; NaN where it has none.</summary>
    public float Score { get; private set; }

    /// <summary>Error of the forecasts against that of seasonal naive; NaN until 24 have been scored.</summary>
    public readonly double ErrorRatio => scored < LeastScored ? double.NaN : naive > 0 ? error / naive : 1;

    /// <summary>Takes a step that has come.</summary>
    /// <param name="value">Its value, in the series' unit; NaN where it was filled in: then nothing is scored.</param>
    /// <param name="head">What came of it.</param>
    public void Add(double value, in ForecastBlock.Head head)
    {
        Score = (float)head.Score;
        AwaitedForecast awaited = head.Awaited;
        if (!double.IsFinite(value) || awaited.Scale <= 0 || head.Steps <= ScaleSteps)
        {
            return;
        }

        scored = Math.Min(scored + 1, MemorySteps);
        double keep = scored < MemorySteps ? 1 : 1 - (1.0 / MemorySteps);
        error = (error * keep) + Math.Min(Math.Abs(value - awaited.Yhat) / awaited.Scale, LargestError);
        naive = (naive * keep) + Math.Min(Math.Abs(value - awaited.Naive) / awaited.Scale, LargestError);
    }
}
