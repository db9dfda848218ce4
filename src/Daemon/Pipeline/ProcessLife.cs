using System.Security.Cryptography;

namespace Streaming.Daemon.Pipeline;

/// <summary>One life of the process: what its lanes share so that an end of it is told from anything else.</summary>
internal sealed class ProcessLife
{
    private const int NameLength = 8;

    /// <summary>Names this life in commits' notes: whoever finds it there while it lasts knows that it has not
    /// ended.</summary>
    public string Name { get; init; } = RandomNumberGenerator.GetHexString(NameLength, lowercase: true);

    /// <summary>Held by the lane that has a record in hand alone: one in the process, so that there is no
    /// doubt.</summary>
    public Lock AloneTurn { get; } = new();
}
