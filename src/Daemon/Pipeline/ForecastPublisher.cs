using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Encodes the forecasts of a task and produces them to the same partition of the forecasts topic.</summary>
internal sealed class ForecastPublisher
{
    private static readonly ForecastBlock.Head Silence = new() { Status = SeriesStatus.Missing, Score = double.NaN };

    private readonly Outbox outbox;
    private readonly OriginReader origins;
    private readonly ProduceTarget target;
    private readonly KindEncoder[] kinds;
    private readonly PublishFilter[] filters;
    private readonly CloudEventHeaders? cloudEvents;
    private readonly LiveFeed live;
    private readonly MessageHeaders headers = new();
    private readonly Utf8Buffer buffer = new();
    private bool isWatched; // asked once a call

    /// <param name="options">Options that passed validation.</param>
    /// <param name="outbox">Where forecasts go.</param>
    /// <param name="origins">Tells where records come from.</param>
    /// <param name="plans">Experts of each kind of series, where their weights are told; else none.</param>
    /// <param name="live">Told of each forecast.</param>
    public ForecastPublisher(
        ForecasterOptions options, Outbox outbox, OriginReader origins, IReadOnlyList<ExpertPlan> plans, LiveFeed live)
    {
        (this.outbox, this.origins, this.live) = (outbox, origins, live);
        target = outbox.Target(options.Output.Topic);
        IReadOnlyList<SeriesKind> rules = new RuleBook(options).Kinds;
        kinds =
        [
            .. rules.Select(kind => new KindEncoder(
                kind, options.Model.Horizons, options.Output.Quantiles, options.Input.Topic,
                plans.Count > 0 ? plans[kind.Index].Names : default)),
        ];
        filters = [.. rules.Select(kind => new PublishFilter(kind))];
        cloudEvents = options.Output.CloudEvents
            ? new CloudEventHeaders(options.Application, options.Input.Topic)
            : null;
    }

    /// <summary>Produces the forecasts of a task's steps, and the news of silent series, in the order of the log; held
    /// steps and records that are replayed or silent have none.</summary>
    public PublishedCounts Publish(PartitionTask task, RecordBatch batch, ForecastBlock forecasts)
    {
        var counts = default(PublishedCounts);
        isWatched = live.IsWatched;
        ReadOnlySpan<PendingStep> steps = task.Steps.Steps;
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly PendingStep step = ref steps[i];
            if (step.IsHeld || batch.Offsets[step.Origin] < task.LiveFrom)
            {
                continue;
            }

            RecordOrigin origin = origins.Of(batch, step.Origin);
            if (origin.IsSilent)
            {
                continue;
            }

            if (!filters[SeriesIdentity.Of(step.Series).Kind].Takes(step, forecasts[i]))
            {
                counts.Withheld++;
                continue;
            }

            Publish(task, step, origin, forecasts, i);
            counts.AddPublished(step.IsSilence ? AnomalyKind.None : forecasts[i].Alarm);
        }

        return counts;
    }

    private void Publish(
        PartitionTask task, in PendingStep step, in RecordOrigin origin, ForecastBlock forecasts, int at)
    {
        SeriesIdentity identity = SeriesIdentity.Of(step.Series);
        KindEncoder kind = kinds[identity.Kind];
        ForecastBlock.Head head = step.IsSilence ? Silence : forecasts[at];
        var view = new ForecastView
        {
            JsonId = identity.JsonId,
            TimeTicks = step.TimeTicks,
            Value = step.Value,
            Unit = kind.UnitOf(step),
            StepJson = identity.StepJson,
            Yhat = step.IsSilence ? kind.NoYhat : kind.Yhat(forecasts.Yhat(at)),
            Quantiles = step.IsSilence ? kind.NoQuantiles : kind.Quantiles(forecasts.Quantiles(at)),
            Score = head.Score,
            Alarm = head.Alarm,
            Weights = step.IsSilence ? default : kind.Weights(forecasts.Weights(at)),
            ModelJson = task.Timeline[task.Steps.VersionOfStep(at)].Json,
            Status = head.Status,
            Partition = origin.Partition,
            Offset = origin.Offset,
        };
        buffer.Clear();
        kind.Encoder.Write(view, buffer);
        cloudEvents?.Fill(headers, view);
        outbox.Send(
            task.Partition, target, task.Partition, identity.Id, buffer.Written,
            cloudEvents is null ? null : headers, origin.TimestampMs);
        if (isWatched)
        {
            live.Offer(identity.Id, buffer.Written);
        }
    }
}
