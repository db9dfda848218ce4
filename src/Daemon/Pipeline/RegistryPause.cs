using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>Holds a lane while the schema registry is away, as it is held while a broker is: no record is
/// refused.</summary>
/// <remarks>What takes longer than the group allows between two polls costs the lane its partitions; whoever gets them
/// reads the records again from the committed offsets.</remarks>
/// <param name="health">Told what is waited for.</param>
/// <param name="logger">Told where the reason changes.</param>
/// <param name="abandon">Ends the waiting once the host has run out of patience at a stop.</param>
internal sealed partial class RegistryPause(LaneHealth health, ILogger logger, CancellationToken abandon)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string? told;

    /// <param name="reason">Why there is no answer.</param>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    public void Wait(string reason)
    {
        if (reason != told)
        {
            LogAway(reason);
            told = reason;
        }

        health.Waiting(reason);
        abandon.WaitHandle.WaitOne(Pause);
        abandon.ThrowIfCancellationRequested();
    }

    [LoggerMessage(137, LogLevel.Warning, "Waiting to read on: {Reason}")]
    private partial void LogAway(string reason);
}
