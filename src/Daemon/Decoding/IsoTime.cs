namespace Streaming.Daemon.Decoding;

/// <summary>Reads ISO 8601 times, extended format.</summary>
internal static class IsoTime
{
    private const int DateBytes = 10;

    /// <summary>Whether the text starts as a date does: a year and a hyphen. All other text is a number, so
    /// that "20240101", a date in basic format, counts as seconds.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) => text.Length >= DateBytes && text[4] == '-';

    /// <summary>Reads YYYY-MM-DD[(T|blank)hh:mm[:ss[(.|,)f…]][Z|±hh[[:]mm]]].</summary>
    /// <param name="text">Without an offset it is UTC; without a time of day, midnight. Digits past 100 ns are cut
    /// off. A leap second (hh:59:60) is the next minute's first.</param>
    /// <param name="ticks">UTC ticks of 100 ns since 0001-01-01.</param>
    /// <returns>None, BadTime or AbsurdTime.</returns>
    public static RejectReason Parse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!IsDate(text) || text[7] != '-')
        {
            return RejectReason.BadTime;
        }

        int century = Pair(text), year = (100 * century) + Pair(text[2..]);
        int month = Pair(text[5..]), day = Pair(text[8..]);
        if (century < 0 || year < 100 * century || month is < 1 or > 12 || day < 1
            || day > DateTime.DaysInMonth(Math.Max(year, 1), month))
        {
            return RejectReason.BadTime;
        }

        text = text[DateBytes..];
        if (!TryReadTimeOfDay(ref text, out long timeOfDay) || !TryReadOffset(text, out long offset))
        {
            return RejectReason.BadTime;
        }

        ticks = new DateTime(Math.Max(year, 1), month, day).Ticks + timeOfDay - offset;
        return EventTime.Check(ticks);
    }

    private static bool TryReadTimeOfDay(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length < 6 || text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[3] != ':')
        {
            return false;
        }

        int hour = Pair(text[1..]), minute = Pair(text[4..]), second = 0;
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':')
        {
            second = Pair(text[1..]);
            text = text[3..];
            if (text.Length > 0 && text[0] is (byte)'.' or (byte)',' && !TryReadFraction(ref text, out ticks))
            {
                return false;
            }
        }

        ticks += ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        return hour is >= 0 and < 24 && minute is >= 0 and < 60
            && (second is >= 0 and < 60 || (second == 60 && minute == 59));
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        long unit = TimeSpan.TicksPerSecond;
        int i = 1;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            unit /= 10;
            ticks += unit * (text[i] - '0');
        }

        text = text[i..];
        return i > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6)
            || (text.Length == 6 && text[3] != ':'))
        {
            return false;
        }

        int hours = Pair(text[1..]), minutes = text.Length == 3 ? 0 : Pair(text[^2..]);
        ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return hours is >= 0 and < 24 && minutes is >= 0 and < 60;
    }

    /// <summary>Value of two digits; far below zero if they aren't.</summary>
    private static int Pair(ReadOnlySpan<byte> text)
    {
        uint tens = (uint)text[0] - '0', ones = (uint)text[1] - '0';
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1_000;
    }
}
