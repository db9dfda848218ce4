using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Steps what is pending of a task in waves, publishes the forecasts and offers windows to the
/// trainer.</summary>
/// <remarks>Lane's thread only. When it is called changes no forecast.</remarks>
internal sealed class TaskStepper
{
    private readonly ForecasterOptions options;
    private readonly SampleTap? samples;
    private readonly LaneInstruments instruments;
    private readonly Forecaster forecaster;
    private readonly ForecastBlock forecasts;
    private readonly ForecastPublisher publisher;
    private readonly StepRecorder recorder;

    public TaskStepper(
        ForecasterOptions options, TaskFactory factory, ExpertPlan[] plans, Outbox outbox, OriginReader origins,
        SampleTap? samples, LaneFace face, LaneInstruments instruments)
    {
        (this.options, this.samples, this.instruments) = (options, samples, instruments);
        forecaster = new(factory.Settings, factory.Shape);
        forecasts = new(
            options.Model.Horizons.Count, options.Output.Quantiles.Count,
            plans.Select(plan => plan.Names.Length).Max());
        publisher = new(options, outbox, origins, options.Output.Weights ? plans : [], face.Live);
        recorder = new(face.History, [.. plans.Select(plan => plan.Names.Length)]);
    }

    /// <summary>How forecasts did that have been settled.</summary>
    public LiveScores Scores => forecaster.Scores;

    /// <param name="task">The task.</param>
    /// <param name="batch">The records that its steps come from.</param>
    /// <exception cref="KafkaPortException">A forecast can't be produced.</exception>
    public void Step(PartitionTask task, RecordBatch batch)
    {
        PendingSteps steps = task.Steps;
        if (task.PendingCount == 0)
        {
            return;
        }

        steps.FormWaves();
        forecasts.Reserve(steps.Count);
        for (int w = 0; w < steps.WaveCount; w++)
        {
            ReadOnlySpan<int> wave = steps.Wave(w);
            if (wave.IsEmpty)
            {
                continue; // no step of this number is under this version
            }

            long start = Stopwatch.GetTimestamp();
            forecaster.Step(
                task.Timeline[steps.VersionOfWave(w)].Serve(options.Training.BurnInSteps), task.Series.States, steps.Steps,
                wave, forecasts);
            instruments.Waved(wave.Length, Stopwatch.GetElapsedTime(start));
        }

        instruments.Published(publisher.Publish(task, batch, forecasts));
        recorder.Record(task, forecasts);
        Sample(task, batch);
        task.Settle();
    }

    /// <summary>Offers the windows of the series that moved on; those of records read again were offered in their
    /// time.</summary>
    private void Sample(PartitionTask task, RecordBatch batch)
    {
        if (samples is null)
        {
            return;
        }

        foreach (PendingStep step in task.Steps.Steps)
        {
            if (!step.IsSilence && batch.Offsets[step.Origin] >= task.NewFrom)
            {
                samples.Offer(step.Series);
            }
        }
    }
}
