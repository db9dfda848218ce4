using System.Text;

namespace Streaming.Inference.Series;

/// <summary>Units that many series share, one object each. Not thread-safe.</summary>
/// <remarks>Past 1,024 different ones, which no sane producer has, each series gets an object of its own.</remarks>
public sealed class MeasureUnits
{
    private const int MostShared = 1_024;

    private readonly Dictionary<string, MeasureUnit> shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MeasureUnit>.AlternateLookup<ReadOnlySpan<char>> byText;

    public MeasureUnits() => byText = shared.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The unit of a text; allocates nothing for one that is known.</summary>
    /// <param name="text">What <see cref="MeasureUnit.IsValid"/> takes; empty gives null.</param>
    /// <param name="known">The unit it most likely is.</param>
    public MeasureUnit? Of(ReadOnlySpan<byte> text, MeasureUnit? known = null)
    {
        if (text.IsEmpty || (known is not null && known.Text.SequenceEqual(text)))
        {
            return text.IsEmpty ? null : known;
        }

        Span<char> room = stackalloc char[MeasureUnit.MaxBytes]; // UTF-16 never has more units than UTF-8 bytes
        ReadOnlySpan<char> letters = room[..Encoding.UTF8.GetChars(text, room)];
        if (byText.TryGetValue(letters, out MeasureUnit? unit))
        {
            return unit;
        }

        unit = new(text);
        if (shared.Count < MostShared)
        {
            byText[letters] = unit;
        }

        return unit;
    }
}
