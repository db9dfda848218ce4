namespace Streaming.Daemon.State;

/// <summary>A time in which a series was there, in offsets of the input.</summary>
/// <param name="Born">Offset of its first record.</param>
/// <param name="Died">Offset of the record whose stream time ended it; it was there to the end of that record.</param>
internal readonly record struct Life(long Born, long Died);
