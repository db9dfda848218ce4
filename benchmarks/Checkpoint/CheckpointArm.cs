using Streaming.Daemon.Configuration;

namespace Benchmarks.Checkpoint;

/// <summary>A way to deliver and store that is measured beside the others.</summary>
/// <param name="Name">Its name in the output.</param>
/// <param name="State">The settings.</param>
internal sealed record CheckpointArm(string Name, StateOptions State)
{
    private static readonly TimeSpan never = TimeSpan.FromHours(1); // longer than a round: only markers are written

    /// <summary>As configured; the same, but no series is stored; neither series nor transactions.</summary>
    /// <param name="interval">State:CheckpointInterval of the first.</param>
    public static CheckpointArm[] All(TimeSpan interval) =>
    [
        new("exactly-once", new() { CheckpointInterval = interval }),
        new("exactly-once, nothing stored", new() { CheckpointInterval = never }),
        new("at-least-once, nothing stored", new() { Delivery = DeliveryMode.AtLeastOnce, CheckpointInterval = never }),
    ];
}
