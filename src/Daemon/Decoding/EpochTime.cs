using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>Reads times that are numbers since 1970, exactly: never through a double.</summary>
internal static class EpochTime
{
    /// <summary>Digits kept; further ones are beyond 100 ns of any accepted time.</summary>
    private const int MaxDigits = 18;

    /// <summary>Digits that always fit into 64 bits.</summary>
    private const int MaxPlainDigits = 19;

    private const int MaxExponent = 10_000;

    private static readonly ulong[] PowersOfTen = CreatePowersOfTen();

    /// <summary>Reads a number, with a fraction or exponent or without.</summary>
    /// <param name="text">A number, as JSON writes it.</param>
    /// <param name="unit">Unit of the number. Auto goes by the digits before the decimal point: up to 11 are seconds
    /// (until the year 5138), 12 to 14 milliseconds, 15 to 17 microseconds, more nanoseconds (from 1973 on).</param>
    /// <param name="ticks">UTC ticks of 100 ns since 0001-01-01; what is finer is cut off.</param>
    /// <returns>None, BadTime or AbsurdTime.</returns>
    public static RejectReason Parse(ReadOnlySpan<byte> text, TimeUnit unit, out long ticks)
    {
        ticks = EventTime.MinTicks;
        int digits = text.Length, exponent = 0;
        bool isNegative = false;
        if (!TryReadDigits(text, out ulong mantissa)
            && !TryReadDecimal(text, out isNegative, out mantissa, out digits, out exponent))
        {
            return RejectReason.BadTime;
        }

        if (mantissa == 0)
        {
            return RejectReason.None;
        }

        int power = exponent + TickPower(unit, digits + exponent);
        if (isNegative || digits + power > MaxDigits)
        {
            return RejectReason.AbsurdTime;
        }

        ulong sinceEpoch = power >= 0 ? mantissa * PowersOfTen[power]
            : -power < PowersOfTen.Length ? mantissa / PowersOfTen[-power] : 0;
        ticks += (long)sinceEpoch;
        return EventTime.Check(ticks);
    }

    /// <summary>Power of ten that makes ticks of the unit.</summary>
    private static int TickPower(TimeUnit unit, int integerDigits) => unit switch
    {
        TimeUnit.Seconds => 7,
        TimeUnit.Milliseconds => 4,
        TimeUnit.Microseconds => 1,
        TimeUnit.Nanoseconds => -2,
        _ => integerDigits <= 11 ? 7 : integerDigits <= 14 ? 4 : integerDigits <= 17 ? 1 : -2,
    };

    /// <summary>Reads what nearly every time is: digits alone, up to nanoseconds, the first not zero.</summary>
    private static bool TryReadDigits(ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > MaxPlainDigits || text[0] == '0')
        {
            return false;
        }

        foreach (byte b in text)
        {
            uint digit = (uint)b - '0';
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }

    /// <summary>Reads ±mantissa·10^exponent, where the mantissa has so many digits.</summary>
    private static bool TryReadDecimal(
        ReadOnlySpan<byte> text, out bool isNegative, out ulong mantissa, out int digits, out int exponent)
    {
        mantissa = 0;
        digits = 0;
        exponent = 0;
        isNegative = text.Length > 0 && text[0] == '-';
        int i = isNegative ? 1 : 0, point = -1, read = 0;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9)
            {
                if (text[i] != '.' || point >= 0)
                {
                    break;
                }

                point = i;
                continue;
            }

            read++;
            if (digits < MaxDigits)
            {
                mantissa = (mantissa * 10) + digit;
                digits += mantissa == 0 ? 0 : 1;
                exponent -= point < 0 ? 0 : 1;
            }
            else
            {
                exponent += point < 0 ? 1 : 0;
            }
        }

        return read > 0 && TryReadExponent(text[i..], ref exponent);
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        int start = text.Length > 1 && text[1] is (byte)'+' or (byte)'-' ? 2 : 1;
        if ((text[0] | 0x20) != 'e' || start >= text.Length)
        {
            return false;
        }

        int power = 0;
        foreach (byte b in text[start..])
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            power = Math.Min((power * 10) + b - '0', MaxExponent);
        }

        exponent += text[1] == '-' ? -power : power;
        return true;
    }

    private static ulong[] CreatePowersOfTen()
    {
        var powers = new ulong[20];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
