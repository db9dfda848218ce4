using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Kafka;

/// <summary>The topics of a deployment.</summary>
/// <param name="Input">Topic of the events.</param>
/// <param name="Repartition">Topic through which they are repartitioned; null where they are not.</param>
/// <param name="Output">Topic of the forecasts.</param>
/// <param name="DeadLetters">Topic of refused records.</param>
/// <param name="State">Topic of the state of series and of markers, compacted.</param>
/// <param name="Models">Topic of the versions, compacted.</param>
internal sealed record TopicNames(
    string Input, string? Repartition, string Output, string DeadLetters, string State, string Models)
{
    /// <summary>Topic that is forecast from: a forecast goes to the partition of its events there.</summary>
    public string Forecast => Repartition ?? Input;

    public static TopicNames Of(ForecasterOptions options) => new(
        options.Input.Topic, RepartitionChoice.Of(options.Input).IsOn ? options.RepartitionTopic : null,
        options.Output.Topic, options.Output.DeadLetterTopicOf(options.Application), options.StateTopic,
        options.ModelsTopic);
}
