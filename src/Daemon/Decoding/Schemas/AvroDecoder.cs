using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Reads Avro records: the fields at the configured paths.</summary>
internal sealed class AvroDecoder : IRecordDecoder
{
    private readonly ISchemas<AvroNode> schemas;
    private readonly SchemaFraming framing;
    private readonly byte[][][] paths;
    private readonly FieldObserver observer;

    public AvroDecoder(InputOptions options, ISchemas<AvroNode> schemas)
    {
        this.schemas = schemas;
        framing = options.Schema.Framing;
        string[] dotted = [options.SeriesPath, options.TimePath, options.ValuePath];
        paths = Array.ConvertAll(dotted, path => Array.ConvertAll(path.Split('.'), Encoding.UTF8.GetBytes));
        observer = new FieldObserver(options);
    }

    /// <summary>Makes the decoder of a configuration that passed validation.</summary>
    /// <param name="options">The input.</param>
    /// <param name="registry">Told how it goes with the schema registry, and waits for it. Null: a record that needs
    /// one that is away throws <see cref="RegistryAwayException"/>.</param>
    /// <exception cref="SchemaException">The schema's file has changed since.</exception>
    public static AvroDecoder Create(InputOptions options, RegistryEvents? registry)
    {
        ISchemas<AvroNode> schemas = options.Schema.File is { } file
            ? new OneSchema<AvroNode>(SchemaFile.Avro(file))
            : new RegisteredSchemas<AvroNode>(
                new SchemaRegistry(options.Schema), "AVRO", AvroSchema.Compile, registry, TimeProvider.System);
        return new(options, schemas);
    }

    /// <inheritdoc/>
    public RejectReason Decode(in InputRecord record, ObservationList observations)
    {
        if (!SchemaFrame.TryRead(record, framing, out SchemaFrame frame))
        {
            return RejectReason.NotFramed;
        }

        if (schemas.Find(frame.Id) is not { } schema)
        {
            return RejectReason.UnknownSchema;
        }

        var walk = new AvroWalk(frame.IsInHeader ? record.Value : frame.Rest, paths);
        RejectReason reason = walk.Read(schema);
        return reason == RejectReason.None
            ? observer.Observe(record, walk.Series, walk.Time, walk.Value, observations)
            : reason;
    }
}
