using Streaming.Daemon.Decoding.Schemas;

namespace Streaming.Daemon.Configuration;

/// <summary>Whether there is a schema where the format needs one, and whether it can be used.</summary>
internal static class SchemaChecks
{
    private const string Key = "Input:Schema:File";

    public static IEnumerable<ConfigurationError> Check(ForecasterOptions options)
    {
        InputOptions input = options.Input;
        if (input.Format is not (InputFormat.Avro or InputFormat.Protobuf))
        {
            return [];
        }

        if (input.Schema.RegistryUrl is not null)
        {
            return [];
        }

        if (string.IsNullOrEmpty(input.Schema.File))
        {
            return [new(Key, $"is required, or RegistryUrl, since Input:Format is {OptionNames.Of(input.Format)}")];
        }

        try
        {
            _ = input.Format == InputFormat.Avro
                ? (object)SchemaFile.Avro(input.Schema.File)
                : SchemaFile.Protobuf(input.Schema.File, input);
            return [];
        }
        catch (SchemaException e)
        {
            return [new(Key, $"'{input.Schema.File}': {e.Message}")];
        }
    }
}
