using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Streaming.Daemon.Output;

/// <summary>Writes doubles as JSON numbers; what is not finite, which JSON lacks, as null.</summary>
/// <remarks>Only multiplication, division, comparison and integer arithmetic: the same bytes on every processor.
/// Allocates nothing.</remarks>
internal static class NumberText
{
    /// <summary>Room that every number fits in.</summary>
    public const int MaxBytes = 32;

    private const int RoundedDigits = 10;
    private const int ShortDecimals = 6;
    private const double MinFixed = 1e-5; // outside of these, rounded numbers take an exponent
    private const double MaxFixed = 1e15; // up to here, 15 digits: decimals and doubles tell each other apart

    /// <summary>Powers of ten as doubles, from 10^-5 on; those from 10^0 on are exact.</summary>
    private static readonly double[] PowersOfTen =
    [
        1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
        1e15,
    ];

    private static readonly ulong[] IntegerPowersOfTen = Array.ConvertAll(PowersOfTen[5..], power => (ulong)power);

    /// <summary>Writes the shortest text that reads back as the same double.</summary>
    /// <returns>Bytes written, at most <see cref="MaxBytes"/>.</returns>
    public static int WriteShortest(double value, Span<byte> destination)
    {
        double magnitude = Math.Abs(value);
        if (magnitude < MaxFixed)
        {
            var integer = (ulong)magnitude;
            if (integer == magnitude)
            {
                return WriteScaled(double.IsNegative(value), integer, 0, destination);
            }

            // At most six decimals: they are found as an integer number of millionths, which must read back.
            double millionths = (magnitude * 1e6) + 0.5;
            if (millionths < MaxFixed && (ulong)millionths / 1e6 == magnitude)
            {
                return WriteScaled(value < 0, (ulong)millionths, ShortDecimals, destination);
            }
        }

        return WriteAny(value, default, destination);
    }

    /// <summary>Writes ten significant digits, less trailing zeros: within 5e-10 of the value.</summary>
    /// <returns>Bytes written, at most <see cref="MaxBytes"/>.</returns>
    public static int WriteRounded(double value, Span<byte> destination)
    {
        double magnitude = Math.Abs(value);
        if (magnitude is not (>= MinFixed and < MaxFixed))
        {
            return value == 0
                ? WriteScaled(isNegative: false, 0, 0, destination)
                : WriteAny(value, new StandardFormat('E', RoundedDigits - 1), destination);
        }

        int decimals = RoundedDigits - 1 - Decade(magnitude);
        if (decimals >= 0)
        {
            return WriteScaled(value < 0, (ulong)((magnitude * PowerOfTen(decimals)) + 0.5), decimals, destination);
        }

        ulong rounded = (ulong)((magnitude / PowerOfTen(-decimals)) + 0.5);
        return WriteScaled(value < 0, rounded * IntegerPowersOfTen[-decimals], 0, destination);
    }

    /// <summary>Writes at most six decimals; for scores, between 0 and 1.</summary>
    /// <returns>Bytes written, at most <see cref="MaxBytes"/>.</returns>
    public static int WriteScore(double value, Span<byte> destination) => value is >= 0 and <= 1
        ? WriteScaled(isNegative: false, (ulong)((value * 1e6) + 0.5), ShortDecimals, destination)
        : WriteRounded(value, destination);

    /// <summary>Writes an integer.</summary>
    /// <returns>Bytes written, at most <see cref="MaxBytes"/>.</returns>
    public static int WriteInteger(long value, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(value, destination, out int written);
        return written;
    }

    /// <summary>Largest n with 10^n at most the magnitude.</summary>
    private static int Decade(double magnitude)
    {
        int binary = (int)(BitConverter.DoubleToUInt64Bits(magnitude) >> 52) - 1_023;
        int decade = (binary * 1_233) >> 12; // log10(2) = 0.30103, 1233 / 4096 = 0.30102: right or one too low
        return magnitude >= PowerOfTen(decade + 1) ? decade + 1 : decade;
    }

    private static double PowerOfTen(int power) => PowersOfTen[power + 5];

    /// <summary>Writes an integer over a power of ten without trailing zeros.</summary>
    private static int WriteScaled(bool isNegative, ulong scaled, int decimals, Span<byte> destination)
    {
        int at = 0;
        if (isNegative)
        {
            destination[at++] = (byte)'-';
        }

        ulong power = IntegerPowersOfTen[decimals];
        (ulong integer, ulong fraction) = decimals == 0 ? (scaled, 0) : Math.DivRem(scaled, power);
        Utf8Formatter.TryFormat(integer, destination[at..], out int written);
        at += written;
        if (fraction == 0)
        {
            return at;
        }

        destination[at] = (byte)'.';
        for (int i = decimals; i > 0; i--)
        {
            (fraction, ulong digit) = Math.DivRem(fraction, 10);
            destination[at + i] = (byte)('0' + digit);
        }

        at += decimals;
        while (destination[at] == '0')
        {
            at--;
        }

        return at + 1;
    }

    private static int WriteAny(double value, StandardFormat format, Span<byte> destination)
    {
        if (!double.IsFinite(value))
        {
            "null"u8.CopyTo(destination);
            return 4;
        }

        int written;
        if (format.IsDefault)
        {
            value.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        }
        else
        {
            Utf8Formatter.TryFormat(value, destination, out written, format);
        }

        return written;
    }
}
