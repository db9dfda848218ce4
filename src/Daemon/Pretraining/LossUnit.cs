namespace Streaming.Daemon.Pretraining;

/// <summary>What a loss of one means, which decides how much each series counts.</summary>
internal enum LossUnit
{
    /// <summary>As much as the anchor, unchanged, loses over the series: smooth series teach as much as noisy ones.
    /// </summary>
    Anchor,

    /// <summary>An error of the series' scale: noisy series teach most.</summary>
    Scale,
}
