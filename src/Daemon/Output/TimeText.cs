namespace Streaming.Daemon.Output;

/// <summary>Writes times as RFC 3339 text in UTC: "2024-01-31T23:59:00Z".</summary>
internal static class TimeText
{
    /// <summary>Room that every time fits in.</summary>
    public const int MaxBytes = 28;

    private const int SecondBytes = 19;
    private const int FractionDigits = 7;

    /// <summary>Writes seconds, and a fraction without trailing zeros only where there is one.</summary>
    /// <param name="ticks">UTC ticks of 100 ns since 0001-01-01.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Outside the years 1 to 9999.</exception>
    public static int Write(long ticks, Span<byte> destination)
    {
        destination = destination[..MaxBytes];
        new DateTime(ticks).Deconstruct(out int year, out int month, out int day);
        int second = (int)(ticks / TimeSpan.TicksPerSecond % 86_400);
        WritePair(year / 100, destination);
        WritePair(year % 100, destination[2..]);
        destination[4] = (byte)'-';
        WritePair(month, destination[5..]);
        destination[7] = (byte)'-';
        WritePair(day, destination[8..]);
        destination[10] = (byte)'T';
        WritePair(second / 3_600, destination[11..]);
        destination[13] = (byte)':';
        WritePair(second / 60 % 60, destination[14..]);
        destination[16] = (byte)':';
        WritePair(second % 60, destination[17..]);
        int at = SecondBytes;
        int fraction = (int)(ticks % TimeSpan.TicksPerSecond);
        if (fraction != 0)
        {
            at = WriteFraction(fraction, destination);
        }

        destination[at] = (byte)'Z';
        return at + 1;
    }

    private static int WriteFraction(int fraction, Span<byte> destination)
    {
        destination[SecondBytes] = (byte)'.';
        int end = SecondBytes + 1 + FractionDigits;
        for (int i = end - 1; i > SecondBytes; i--)
        {
            (fraction, int digit) = Math.DivRem(fraction, 10);
            destination[i] = (byte)('0' + digit);
        }

        while (destination[end - 1] == '0')
        {
            end--;
        }

        return end;
    }

    private static void WritePair(int value, Span<byte> destination)
    {
        destination[1] = (byte)('0' + (value % 10));
        destination[0] = (byte)('0' + (value / 10));
    }
}
