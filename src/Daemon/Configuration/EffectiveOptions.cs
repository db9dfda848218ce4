namespace Streaming.Daemon.Configuration;

/// <summary>Options fit to be shown: secrets masked, names that are put together filled in.</summary>
internal static class EffectiveOptions
{
    /// <param name="options">The options.</param>
    /// <param name="isSecret">Whether a key was set by a secret, whatever its name; null: none was.</param>
    public static ForecasterOptions Of(ForecasterOptions options, Func<string, bool>? isSecret = null) => options with
    {
        Output = options.Output with { DeadLetterTopic = options.Output.DeadLetterTopicOf(options.Application) },
        Input = options.Input with
        {
            Schema = options.Input.Schema with
            {
                RegistryUser = isSecret?.Invoke("Input:Schema:RegistryUser") == true
                    ? Secrets.Mask
                    : options.Input.Schema.RegistryUser,
                RegistryPassword = options.Input.Schema.RegistryPassword is null ? null : Secrets.Mask,
            },
        },
        Http = options.Http with
        {
            ReadToken = options.Http.ReadToken is null ? null : Secrets.Mask,
            WriteToken = options.Http.WriteToken is null ? null : Secrets.Mask,
        },
        Kafka = options.Kafka with
        {
            Client = Secrets.Masked(options.Kafka.Client, "Kafka:Client", isSecret),
            Consumer = Secrets.Masked(options.Kafka.Consumer, "Kafka:Consumer", isSecret),
            Producer = Secrets.Masked(options.Kafka.Producer, "Kafka:Producer", isSecret),
        },
    };
}
