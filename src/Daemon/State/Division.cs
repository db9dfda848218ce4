namespace Streaming.Daemon.State;

/// <summary>How a series is stored: in one message, or in parts.</summary>
/// <remarks>A series' parts lie in two slots in turn, so that those of before stay until the record that names the new ones
/// is written.</remarks>
/// <param name="Slot">0 or 1.</param>
/// <param name="Count">Parts; 0: it is whole in its record.</param>
internal readonly record struct Division(byte Slot, byte Count)
{
    /// <summary>Parts that a series may have.</summary>
    public const int MaxParts = 127;

    /// <summary>Number of a part, which is in its key.</summary>
    public int NumberOf(int part) => (Slot * (MaxParts + 1)) + part;

    /// <summary>Slot of the part of a number.</summary>
    public static int SlotOf(int number) => number / (MaxParts + 1);

    /// <summary>Place within its slot of the part of a number.</summary>
    public static int PartOf(int number) => number % (MaxParts + 1);
}
