using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Reads Protobuf records: the fields at the configured paths.</summary>
internal sealed class ProtobufDecoder : IRecordDecoder
{
    private const int MaxIndexes = 16; // messages within messages

    private readonly ISchemas<ProtoPlans> schemas;
    private readonly SchemaFraming framing;
    private readonly FieldObserver observer;

    public ProtobufDecoder(InputOptions options, ISchemas<ProtoPlans> schemas)
    {
        this.schemas = schemas;
        framing = options.Schema.Framing;
        observer = new FieldObserver(options);
    }

    /// <summary>Makes the decoder of a configuration that passed validation.</summary>
    /// <param name="options">The input.</param>
    /// <param name="registry">Told how it goes with the schema registry, and waits for it. Null: a record that needs
    /// one that is away throws <see cref="RegistryAwayException"/>.</param>
    /// <exception cref="SchemaException">The schema's file has changed since.</exception>
    public static ProtobufDecoder Create(InputOptions options, RegistryEvents? registry)
    {
        ISchemas<ProtoPlans> schemas = options.Schema.File is { } file
            ? new OneSchema<ProtoPlans>(SchemaFile.Protobuf(file, options))
            : new RegisteredSchemas<ProtoPlans>(
                new SchemaRegistry(options.Schema), "PROTOBUF", text => new ProtoPlans(
                    ProtoSchema.Compile(text), options.Schema.Message,
                    [options.SeriesPath, options.TimePath, options.ValuePath]), registry, TimeProvider.System);
        return new(options, schemas);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        Span<int> indexes = stackalloc int[MaxIndexes];
        int count = 1; // the first message of the file
        indexes[0] = 0;
        if (!SchemaFrame.TryRead(record, framing, out SchemaFrame frame))
        {
            return RejectReason.NotFramed;
        }

        ReadOnlySpan<byte> rest = frame.Rest;
        bool namesMessage = framing == SchemaFraming.Confluent && !(frame.IsInHeader && rest.IsEmpty);
        if (namesMessage && !TryReadIndexes(ref rest, indexes, out count))
        {
            return RejectReason.NotFramed;
        }

        return schemas.Find(frame.Id)?.Find(indexes[..count]) is { } plan
            ? Read(record, plan, frame.IsInHeader ? record.Value : rest, observations)
            : RejectReason.UnknownSchema;
    }

    private RejectReason Read(
        in InputRecord record, ProtoPath?[] plan, ReadOnlySpan<byte> message, ObservationList observations)
    {
        return TryRead(plan[0], message, out FieldValue series) && TryRead(plan[1], message, out FieldValue time)
            && TryRead(plan[2], message, out FieldValue value)
            ? observer.Observe(record, series, time, value, observations)
            : RejectReason.SchemaMismatch;
    }

    private static bool TryRead(ProtoPath? path, ReadOnlySpan<byte> message, out FieldValue value)
    {
        value = default;
        return path is null || path.TryRead(message, out value);
    }

    /// <summary>Takes a count and so many numbers, zigzag varints; a count of 0 stands for the number 0.</summary>
    private static bool TryReadIndexes(ref ReadOnlySpan<byte> bytes, scoped Span<int> indexes, out int count)
    {
        count = 0;
        if (!TryReadIndex(ref bytes, out int wanted) || wanted > indexes.Length)
        {
            return false;
        }

        for (; count < wanted; count++)
        {
            if (!TryReadIndex(ref bytes, out indexes[count]))
            {
                return false;
            }
        }

        count = Math.Max(count, 1);
        return true;
    }

    private static bool TryReadIndex(ref ReadOnlySpan<byte> bytes, out int index)
    {
        bool isRead = ProtoReader.TryReadVarint(ref bytes, out ulong bits) && (bits & 1) == 0 && bits <= int.MaxValue;
        index = (int)(bits >> 1);
        return isRead;
    }
}
