using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Takes note of the steps of a task after their forecasts: how these did, for those who ask later.</summary>
/// <remarks>The lane's thread. Reads what is there, and changes nothing that a forecast comes from.</remarks>
/// <param name="history">Keeps the last steps.</param>
/// <param name="experts">Experts of each kind of series, by number.</param>
internal sealed class StepRecorder(SeriesHistory history, int[] experts)
{
    /// <param name="task">The task, its steps done and not dropped yet.</param>
    /// <param name="forecasts">What came of them.</param>
    public void Record(PartitionTask task, ForecastBlock forecasts)
    {
        ReadOnlySpan<PendingStep> steps = task.Steps.Steps;
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly PendingStep step = ref steps[i];
            if (step.IsSilence)
            {
                continue;
            }

            SeriesIdentity identity = SeriesIdentity.Of(step.Series);
            ref readonly ForecastBlock.Head head = ref forecasts[i];
            double value = step.IsHeld ? double.NaN : step.Value;
            identity.Live.Add(value, head);
            AwaitedForecast awaited = head.Awaited;
            history.Add(
                step.Series, task.Partition,
                new(
                    step.TimeTicks, value, awaited.Yhat, awaited.Lower, awaited.Upper, awaited.Naive, (float)head.Score,
                    head.Alarm),
                forecasts.Weights(i)[..experts[identity.Kind]]);
        }
    }
}
