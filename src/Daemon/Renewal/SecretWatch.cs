using System.IO.Hashing;
using System.Text;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Renewal;

/// <summary>Notices that files with secrets have changed since the process read them, and says so, or stops it.</summary>
/// <remarks>librdkafka reads files when a client is made and settings are read at the start, so only a new process takes
/// them. A change counts once two looks find the same: renewed files come one after the other. Processes stop at
/// different times, by a hash of their names, so that not all of a group are away at once.</remarks>
internal sealed partial class SecretWatch(
    ForecasterOptions options, SecretPlaces places, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<SecretWatch> logger) : BackgroundService
{
    /// <summary>Time between looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Time over which the processes of a group stop.</summary>
    public static readonly TimeSpan Spread = TimeSpan.FromMinutes(5);

    private readonly string? first = SecretPrint.Of(places);

    /// <summary>How long an instance waits until it stops; less than <see cref="Spread"/>.</summary>
    public static TimeSpan DelayOf(string instance) =>
        Spread * (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(instance)) % 1_000 / 1_000.0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (places.Paths.Count == 0 || first is null)
        {
            return;
        }

        await ChangeAsync(stoppingToken).ConfigureAwait(false);
        if (options.Kafka.NewSecrets == NewSecrets.Warn)
        {
            LogChanged();
            return;
        }

        TimeSpan delay = DelayOf(options.Kafka.InstanceId);
        LogStopping(delay);
        await Task.Delay(delay, clock, stoppingToken).ConfigureAwait(false);
        lifetime.StopApplication();
    }

    /// <summary>Returns once the files have changed and stay as they are for a look.</summary>
    private async Task ChangeAsync(CancellationToken stop)
    {
        string? last = first, now = first;
        while (now is null || now == first || now != last)
        {
            await Task.Delay(Interval, clock, stop).ConfigureAwait(false);
            (last, now) = (now, SecretPrint.Of(places));
        }
    }

    [LoggerMessage(
        540, LogLevel.Warning,
        "Files with secrets or certificates have changed: this process goes on with the old ones until it is restarted "
        + "(Kafka:NewSecrets).")]
    private partial void LogChanged();

    [LoggerMessage(
        541, LogLevel.Information,
        "Files with secrets or certificates have changed: stopping in {Delay}, to be started anew with them "
        + "(Kafka:NewSecrets).")]
    private partial void LogStopping(TimeSpan delay);
}
