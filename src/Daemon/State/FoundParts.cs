namespace Streaming.Daemon.State;

/// <summary>The parts of one series that were found in the topic, as of the record read last.</summary>
/// <remarks>What is in them is kept until the next record of the series, which names them or never will.</remarks>
internal sealed class FoundParts
{
    private readonly UInt128[] slots = new UInt128[2]; // a bit a part
    private readonly Dictionary<int, byte[]> contents = [];

    /// <summary>The slot that the record of the series has named last.</summary>
    public byte Slot { get; set; }

    public bool IsEmpty => slots[0] == 0 && slots[1] == 0;

    /// <summary>Those that may be there.</summary>
    public StoredParts Stored => new(Slot, Bound(slots[0]), Bound(slots[1]));

    /// <summary>A part has come.</summary>
    public void Add(int number, ReadOnlySpan<byte> content)
    {
        slots[Division.SlotOf(number)] |= Bit(number);
        contents[number] = content.ToArray();
    }

    /// <summary>A null has come for a part.</summary>
    public void Remove(int number)
    {
        slots[Division.SlotOf(number)] &= ~Bit(number);
        contents.Remove(number);
    }

    /// <summary>What is in a part; empty where it is not there.</summary>
    public ReadOnlySpan<byte> Content(int number) => contents.GetValueOrDefault(number);

    /// <summary>A record of the series has come.</summary>
    public void Forget() => contents.Clear();

    private static UInt128 Bit(int number) => UInt128.One << Division.PartOf(number);

    private static byte Bound(UInt128 slot) => (byte)(128 - (int)UInt128.LeadingZeroCount(slot));
}
