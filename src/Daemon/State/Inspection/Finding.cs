using Streaming.Inference.Series;

namespace Streaming.Daemon.State.Inspection;

/// <summary>What the last record of a key is.</summary>
/// <param name="Offset">Its offset in the state topic.</param>
/// <param name="Bytes">Bytes of key and value.</param>
/// <param name="Damage">What is wrong with it; where something is, nothing else is known.</param>
/// <param name="Born">Of a series: offset of the record of the input that it began with.</param>
/// <param name="AsOf">Of a series: all records of the input before this offset are in it, none from there on.</param>
/// <param name="Progress">Of a series: how far it is; null where it was not looked into.</param>
/// <param name="TimeTicks">Of a series: start of its newest step, in ticks; 0 before the first.</param>
internal readonly record struct Finding(
    long Offset, int Bytes, StateDamage Damage, long Born = 0, long AsOf = 0, SeriesProgress? Progress = null,
    long TimeTicks = 0);
