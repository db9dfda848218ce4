namespace Streaming.Daemon.State;

/// <summary>What the steps of a task read beside their own series, as of an offset: a replay from there begins with
/// it.</summary>
/// <param name="Offset">The next record.</param>
/// <param name="StreamTimeTicks">Stream time, in ticks; long.MinValue before the first record.</param>
/// <param name="SeriesCount">Series that were there.</param>
/// <param name="Guard">The future guard, in binary form.</param>
internal sealed record TaskSnapshot(long Offset, long StreamTimeTicks, int SeriesCount, ReadOnlyMemory<byte> Guard);
