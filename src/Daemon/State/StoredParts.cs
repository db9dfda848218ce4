namespace Streaming.Daemon.State;

/// <summary>Which parts of a series may be in the topic, whether or not a record names them: of either slot the first so
/// many.</summary>
/// <remarks>What a null was sent for stays in here until the next restore: the transaction of that null may have come to
/// nothing, and one more does no harm.</remarks>
/// <param name="Slot">The one that was written last.</param>
/// <param name="First">Parts in slot 0, at most.</param>
/// <param name="Second">Parts in slot 1, at most.</param>
internal readonly record struct StoredParts(byte Slot, byte First, byte Second)
{
    private bool IsEmpty => First == 0 && Second == 0;

    /// <summary>Where so many parts are to be written: not over those that were written last.</summary>
    public Division Next(int parts) => new((byte)(IsEmpty ? 0 : 1 - Slot), (byte)parts);

    /// <summary>A series was written; whole: into no slot.</summary>
    public StoredParts With(Division written) => written.Count == 0 ? this : new(
        written.Slot,
        written.Slot == 0 ? Math.Max(First, written.Count) : First,
        written.Slot == 1 ? Math.Max(Second, written.Count) : Second);

    /// <summary>These, and those of a series that had the same id before.</summary>
    public StoredParts Or(StoredParts before) => new(
        IsEmpty ? before.Slot : Slot, Math.Max(First, before.First), Math.Max(Second, before.Second));

    /// <summary>Numbers of all parts but those that are in force.</summary>
    public IEnumerable<int> NumbersBut(Division inForce)
    {
        for (byte slot = 0; slot <= 1; slot++)
        {
            int kept = inForce.Slot == slot ? inForce.Count : 0;
            for (int part = kept; part < (slot == 0 ? First : Second); part++)
            {
                yield return new Division(slot, 0).NumberOf(part);
            }
        }
    }
}
