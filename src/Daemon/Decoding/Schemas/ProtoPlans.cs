using Google.Protobuf.Reflection;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>What to read of the messages of a .proto file; compiled when the first of a message comes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ProtoPlans
{
    private readonly Dictionary<DescriptorProto, ProtoPath?[]> plans = new(ReferenceEqualityComparer.Instance);
    private readonly ProtoSchema schema;
    private readonly DescriptorProto? only;
    private readonly string[] paths;

    /// <param name="schema">The file.</param>
    /// <param name="message">Full name of the message that all records are; null to go by what they name.</param>
    /// <param name="paths">Paths of series, time and value.</param>
    /// <exception cref="SchemaException">The file has no such message.</exception>
    public ProtoPlans(ProtoSchema schema, string? message, string[] paths)
    {
        (this.schema, this.paths) = (schema, paths);
        only = message is null
            ? null
            : schema.Message(message) ?? throw new SchemaException($"it has no message '{message}'");
    }

    /// <summary>Paths into a message; null in place of one that leads nowhere.</summary>
    /// <param name="indexes">Its place in the file.</param>
    /// <returns>Null if there is no such message.</returns>
    public ProtoPath?[]? Find(ReadOnlySpan<int> indexes)
    {
        DescriptorProto? message = only ?? schema.Message(indexes);
        if (message is null)
        {
            return null;
        }

        if (!plans.TryGetValue(message, out ProtoPath?[]? plan))
        {
            plans[message] = plan = Compile(message);
        }

        return plan;
    }

    private ProtoPath?[] Compile(DescriptorProto message) =>
        Array.ConvertAll(paths, path => schema.Path(message, path));
}
