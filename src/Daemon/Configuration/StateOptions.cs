using System.ComponentModel.DataAnnotations;

namespace Streaming.Daemon.Configuration;

/// <summary>What becomes of a series whose stored state is damaged.</summary>
internal enum DamagePolicy
{
    /// <summary>It starts anew, without a past.</summary>
    Cold,

    /// <summary>Its whole partition is read again from the beginning of the log.</summary>
    Replay,
}

/// <summary>How results are delivered, and how the state of series is stored.</summary>
internal sealed record StateOptions
{
    /// <summary>exactly-once or at-least-once. Default exactly-once.</summary>
    public DeliveryMode Delivery { get; init; } = DeliveryMode.ExactlyOnce;

    /// <summary>Time after which a series that has changed is stored: about as much of the log is read again after a
    /// crash. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of series that one commit stores of one partition, about. Default 4 MiB.</summary>
    [Range(1L, 1L << 30)]
    public long CommitBytes { get; init; } = 4 << 20;

    /// <summary>cold or replay. Default cold.</summary>
    public DamagePolicy OnDamage { get; init; } = DamagePolicy.Cold;
}
