using Streaming.Daemon.Decoding.Schemas;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>Holds a lane while the schema registry is away, as it is held while a broker is: no record is
/// refused.</summary>
/// <remarks>What takes longer than the group allows between two polls costs the lane its partitions; whoever gets them
/// reads the records again from the committed offsets.</remarks>
/// <param name="health">Told what is waited for.</param>
/// <param name="logger">Told where the reason changes, and of schemas that can't be used.</param>
/// <param name="abandon">Ends the waiting once the host has run out of patience at a stop.</param>
internal sealed partial class RegistryPause(LaneHealth health, ILogger logger, CancellationToken abandon)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string? told;

    /// <param name="reason">Why there is no answer.</param>
    /// <param name="stopping">Ends the waiting, too: the record is left to the next owner.</param>
    /// <exception cref="OperationCanceledException">Abandoned, or to be stopped.</exception>
    public void Wait(string reason, CancellationToken stopping)
    {
        if (reason != told)
        {
            LogAway(reason);
            told = reason;
        }

        health.Waiting(reason);
        WaitHandle.WaitAny([abandon.WaitHandle, stopping.WaitHandle], Pause);
        abandon.ThrowIfCancellationRequested();
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>The registry answers again.</summary>
    public void Over()
    {
        told = null;
        LogBack();
    }

    /// <summary>A schema's records are refused.</summary>
    public void Refuse(SchemaId id, string reason) => LogUnusable(id, reason);

    [LoggerMessage(137, LogLevel.Warning, "Waiting to read on: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(145, LogLevel.Information, "The schema registry answers again")]
    private partial void LogBack();

    [LoggerMessage(143, LogLevel.Warning,
        "Records of schema {Id} are refused as unknown-schema, the registry is asked again after a minute: {Reason}")]
    private partial void LogUnusable(SchemaId id, string reason);
}
