using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Reads the schema file of a configuration.</summary>
internal static class SchemaFile
{
    /// <exception cref="SchemaException">The file can't be read, or is no Avro schema.</exception>
    public static AvroNode Avro(string path) => AvroSchema.Compile(Text(path));

    /// <exception cref="SchemaException">The file can't be read, is no .proto file, or lacks the message.</exception>
    public static ProtoPlans Protobuf(string path, InputOptions options) => new(
        ProtoSchema.Compile(Text(path), Path.GetDirectoryName(Path.GetFullPath(path))), options.Schema.Message,
        [options.SeriesPath, options.TimePath, options.ValuePath]);

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SchemaException(e.Message, e);
        }
    }
}
