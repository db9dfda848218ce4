namespace Streaming.Daemon.State;

/// <summary>How a series is stored: in one message, or in parts.</summary>
/// <remarks>A series' parts lie in two slots in turn, so that those of before stay until the record that names the new ones
/// is written.</remarks>
/// <param name="Slot">0 or 1.</param>
/// <param name="Count">Parts; 0: it is whole in its record, or was never stored.</param>
internal readonly record struct Division(byte Slot, byte Count)
{
    /// <summary>Parts that a series may have.</summary>
    public const int MaxParts = 127;

    /// <summary>The next one.</summary>
    public Division Next(int parts) => new((byte)(Count == 0 ? 0 : 1 - Slot), (byte)parts);

    /// <summary>Number of a part, which is in its key.</summary>
    public int NumberOf(int part) => (Slot * (MaxParts + 1)) + part;
}
