using System.Text.Unicode;

namespace Streaming.Inference.Series;

/// <summary>What values are measured in, as whoever sends them writes it: "ms", "By", "Cel". Immutable.</summary>
/// <remarks>Not interpreted: nothing is converted. OpenTelemetry's are UCUM, of at most 63 characters.</remarks>
public sealed class MeasureUnit
{
    /// <summary>Longest text, in bytes of UTF-8.</summary>
    public const int MaxBytes = 63;

    /// <summary>Longest text of a rate.</summary>
    public const int MaxRateBytes = MaxBytes + 2;

    private readonly byte[] text;

    /// <param name="text">What <see cref="IsValid"/> takes.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public MeasureUnit(ReadOnlySpan<byte> text)
        : this(text.ToArray(), isRate: false)
    {
        if (!IsValid(text))
        {
            throw new ArgumentException("This is no unit.", nameof(text));
        }
    }

    private MeasureUnit(byte[] text, bool isRate)
    {
        this.text = text;
        PerSecond = isRate ? this : new([.. text, (byte)'/', (byte)'s'], isRate: true);
    }

    /// <summary>The text; needs no escape in JSON.</summary>
    public ReadOnlySpan<byte> Text => text;

    /// <summary>The unit of rates of such values.</summary>
    public MeasureUnit PerSecond { get; }

    /// <summary>Whether a text can be a unit: 1 to 63 bytes of UTF-8 without quotes, backslashes and control characters.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxBytes || !Utf8.IsValid(text))
        {
            return false;
        }

        byte before = 0;
        foreach (byte b in text)
        {
            bool isControl = b is < 0x20 or 0x7F || (before == 0xC2 && b < 0xA0); // C0, DEL and C1
            if (isControl || b is (byte)'"' or (byte)'\\')
            {
                return false;
            }

            before = b;
        }

        return true;
    }
}
