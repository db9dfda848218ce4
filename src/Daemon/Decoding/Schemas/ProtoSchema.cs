using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using ProtoBuf.Reflection;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>The messages of a .proto file; protobuf-net.Reflection reads the text.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ProtoSchema
{
    /// <summary>Deepest nesting of braces that is read: the library's parser calls itself for each.</summary>
    private const int MaxDepth = 64;

    private readonly FileDescriptorProto file;
    private readonly FrozenDictionary<string, DescriptorProto> messages; // by full name, with a leading point

    private ProtoSchema(FileDescriptorSet set)
    {
        file = set.Files.First(candidate => candidate.IncludeInOutput);
        messages = set.Files
            .SelectMany(each => All(each.MessageTypes, each.Package.Length == 0 ? "" : $".{each.Package}"))
            .ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>Compiles a registered schema.</summary>
    /// <exception cref="SchemaException">It is no .proto file, nested too deep, or an import is missing.</exception>
    public static ProtoSchema Compile(SchemaText schema)
    {
        var set = new FileDescriptorSet();
        foreach ((string name, string text) in schema.References)
        {
            ThrowIfTooDeep(text);
            using var reader = new StringReader(text);
            set.Add(name, includeInOutput: false, reader);
        }

        return Compile(set, schema.Text);
    }

    /// <param name="text">Text of the file.</param>
    /// <param name="importFolder">Where its imports lie; null where it can have none but google's.</param>
    /// <exception cref="SchemaException">The text is no .proto file, nested too deep, or an import is
    /// missing.</exception>
    public static ProtoSchema Compile(string text, string? importFolder = null)
    {
        var set = new FileDescriptorSet();
        if (importFolder is not null)
        {
            set.AddImportPath(importFolder);
        }

        return Compile(set, text);
    }

    private static ProtoSchema Compile(FileDescriptorSet set, string text)
    {
        ThrowIfTooDeep(text);
        using var reader = new StringReader(text);
        set.Add("schema.proto", includeInOutput: true, reader);
        set.Process();
        Error? wrong = set.GetErrors().FirstOrDefault(error => error.IsError);
        return wrong is null
            ? new ProtoSchema(set)
            : throw new SchemaException($"no .proto file: {wrong.Message} (line {wrong.LineNumber})");
    }

    /// <remarks>A stack that overflows ends the process: no exception tells of it. Braces in comments and texts count,
    /// which seldom differ by more than a few.</remarks>
    private static void ThrowIfTooDeep(string text)
    {
        int depth = 0;
        foreach (char c in text)
        {
            depth = Math.Max(depth + (c == '{' ? 1 : c == '}' ? -1 : 0), 0);
            if (depth > MaxDepth)
            {
                throw new SchemaException($"no .proto file: it is nested more than {MaxDepth} deep");
            }
        }
    }

    /// <summary>Finds a message by its full name; null if there is none.</summary>
    public DescriptorProto? Message(string name) => messages.GetValueOrDefault($".{name}");

    /// <summary>Finds a message by its place among those of the file, then of the message around it.</summary>
    public DescriptorProto? Message(ReadOnlySpan<int> indexes)
    {
        DescriptorProto? found = null;
        foreach (int index in indexes)
        {
            List<DescriptorProto> among = found is null ? file.MessageTypes : found.NestedTypes;
            if ((uint)index >= (uint)among.Count)
            {
                return null;
            }

            found = among[index];
        }

        return found;
    }

    /// <summary>Compiles a path of field names, separated by dots; null where it leads to no scalar or time.</summary>
    public ProtoPath? Path(DescriptorProto message, string path)
    {
        string[] names = path.Split('.');
        var numbers = new int[names.Length];
        DescriptorProto? at = message;
        FieldDescriptorProto? field = null;
        for (int i = 0; i < names.Length; i++)
        {
            field = at?.Fields.Find(candidate => candidate.Name == names[i]);
            if (field is null || field.label == FieldDescriptorProto.Label.LabelRepeated)
            {
                return null;
            }

            numbers[i] = field.Number;
            bool isMessage = field.type == FieldDescriptorProto.Type.TypeMessage;
            at = isMessage ? messages.GetValueOrDefault(field.TypeName) : null;
        }

        bool isTime = field!.TypeName == ".google.protobuf.Timestamp";
        return at is not null && !isTime ? null : new(numbers, field.type, isTime, !isTime && IsImplicit(field));
    }

    /// <summary>Whether an absent field has its type's default, rather than no value.</summary>
    private bool IsImplicit(FieldDescriptorProto field) =>
        file.Syntax == "proto3" && !field.Proto3Optional && !field.ShouldSerializeOneofIndex();

    private static IEnumerable<KeyValuePair<string, DescriptorProto>> All(
        IEnumerable<DescriptorProto> messages, string scope) =>
        messages.SelectMany(message => All(message.NestedTypes, $"{scope}.{message.Name}")
            .Prepend(KeyValuePair.Create($"{scope}.{message.Name}", message)));
}
