namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>A text is no schema, or not one that can be used; the message says why.</summary>
internal sealed class SchemaException : Exception
{
    public SchemaException()
    {
    }

    public SchemaException(string message)
        : base(message)
    {
    }

    public SchemaException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
