namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>The schema registry gives no answer, or refuses to: what it would say is not known.</summary>
internal sealed class RegistryAwayException : IOException
{
    public RegistryAwayException()
    {
    }

    public RegistryAwayException(string message)
        : base(message)
    {
    }

    public RegistryAwayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
