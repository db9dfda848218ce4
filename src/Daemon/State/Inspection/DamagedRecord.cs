namespace Streaming.Daemon.State.Inspection;

/// <summary>A record of the state topic that a restore could not use.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Id">Id of the series, UTF-8; none for the marker.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Damage">What is wrong with it.</param>
internal readonly record struct DamagedRecord(StateKind Kind, byte[] Id, long Offset, StateDamage Damage);
