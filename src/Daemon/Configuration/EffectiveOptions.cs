namespace Streaming.Daemon.Configuration;

/// <summary>Options fit to be shown: secrets masked, names that are put together filled in.</summary>
internal static class EffectiveOptions
{
    public static ForecasterOptions Of(ForecasterOptions options) => options with
    {
        Output = options.Output with { DeadLetterTopic = options.Output.DeadLetterTopicOf(options.Application) },
        Input = options.Input with
        {
            Schema = options.Input.Schema with
            {
                RegistryPassword = options.Input.Schema.RegistryPassword is null ? null : Secrets.Mask,
            },
        },
        Kafka = options.Kafka with
        {
            Client = Secrets.Masked(options.Kafka.Client),
            Consumer = Secrets.Masked(options.Kafka.Consumer),
            Producer = Secrets.Masked(options.Kafka.Producer),
        },
    };
}
