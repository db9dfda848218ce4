using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Models;

/// <summary>Asks where the models topic ends, and waits until it was read that far.</summary>
/// <param name="askEnd">Asks the brokers for the offset after the last record, open transactions included.</param>
/// <param name="follower">Reads the topic, in <paramref name="wait"/> or on another thread.</param>
/// <param name="wait">Lets time pass, about as much as it is told; ends what is under way by throwing.</param>
/// <param name="logger">Told what is waited for.</param>
internal sealed partial class ModelsReading(
    Func<long> askEnd, ModelsFollower follower, Action<TimeSpan> wait, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How long a call to Kafka may take before it is made again.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What the topic holds, as far as it was read.</summary>
    public CatalogView View => follower.Catalog.View;

    /// <summary>Reads all that is committed before this call.</summary>
    /// <exception cref="KafkaPortException">Kafka refuses.</exception>
    public void ReadToEnd()
    {
        long end = 0;
        Patiently(() => end = askEnd());
        while (!follower.IsCaughtUp(end))
        {
            wait(FirstPause);
        }
    }

    /// <summary>Makes the same call until it is answered, in pauses that double from 100 ms to 5 s: also the one way to
    /// learn what became of a commit.</summary>
    /// <exception cref="KafkaPortException">Kafka refuses.</exception>
    public void Patiently(Action call) => Patiently(call, wait, LogWaiting);

    /// <summary>The same, where there is no reading yet.</summary>
    public static void Patiently(Action call, Action<TimeSpan> wait, Action<string> waiting)
    {
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                call();
                return;
            }
            catch (KafkaPortException e) when (e.Retriable)
            {
                waiting(e.Message);
                wait(pause);
            }
        }
    }

    /// <summary>Lets a moment pass.</summary>
    public void Wait(TimeSpan time) => wait(time);

    [LoggerMessage(220, LogLevel.Warning, "The models topic is waited for: {Reason}")]
    private partial void LogWaiting(string reason);
}
