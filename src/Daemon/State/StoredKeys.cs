using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>Under which keys a series is stored.</summary>
/// <param name="Id">Its id, UTF-8.</param>
/// <param name="Parts">Its parts.</param>
internal readonly record struct StoredKeys(byte[] Id, StoredParts Parts)
{
    /// <summary>Those of a series of a task.</summary>
    public static StoredKeys Of(SeriesState series) => Of(SeriesIdentity.Of(series));

    /// <summary>Likewise.</summary>
    public static StoredKeys Of(SeriesIdentity identity) => new(identity.Id, identity.Parts);
}
