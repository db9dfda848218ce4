namespace Streaming.Daemon.Configuration;

/// <summary>Options fit to be shown: secrets masked, names that are put together filled in.</summary>
internal static class EffectiveOptions
{
    public static ForecasterOptions Of(ForecasterOptions options) => options with
    {
        Output = options.Output with { DeadLetterTopic = options.Output.DeadLetterTopicOf(options.Application) },
        Kafka = options.Kafka with
        {
            Client = Secrets.Masked(options.Kafka.Client),
            Consumer = Secrets.Masked(options.Kafka.Consumer),
            Producer = Secrets.Masked(options.Kafka.Producer),
        },
    };
}
