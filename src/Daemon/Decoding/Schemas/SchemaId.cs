namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>What a registry calls a schema: a number, or a GUID where that is not empty.</summary>
internal readonly record struct SchemaId(int Number, Guid Guid = default)
{
    public override string ToString() => Guid == Guid.Empty ? $"{Number}" : $"{Guid}";
}
