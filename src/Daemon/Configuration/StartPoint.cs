namespace Streaming.Daemon.Configuration;

/// <summary>Where a partition without a committed offset starts, as operators write it: "earliest", "latest", or the
/// age of the first record as a time span.</summary>
internal static class StartPoint
{
    public const string Earliest = "earliest";

    public const string Latest = "latest";

    public static readonly TimeSpan MostAge = TimeSpan.FromDays(36_500);

    /// <summary>Whether it is the first record kept.</summary>
    public static bool IsEarliest(string text) => Earliest.Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is the next record written.</summary>
    public static bool IsLatest(string text) => Latest.Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <param name="text">"14.00:00:00", for two weeks.</param>
    /// <param name="age">Age of the first record, above zero.</param>
    public static bool TryParseAge(string text, out TimeSpan age) =>
        ValueParser.TryParseTimeSpan(text, out age) && age > TimeSpan.Zero && age <= MostAge;

    /// <summary>The offset that it is in a log.</summary>
    /// <param name="text">One of the three.</param>
    /// <param name="low">First offset that the log keeps.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="now">Now.</param>
    /// <param name="offsetAt">Finds the first record whose timestamp, in ms since 1970, is not before a time; null where
    /// all are.</param>
    public static long Find(string text, long low, long high, DateTimeOffset now, Func<long, long?> offsetAt)
    {
        long offset = TryParseAge(text, out TimeSpan age)
            ? offsetAt(Math.Max(0, (now - age).ToUnixTimeMilliseconds())) ?? high
            : IsEarliest(text) ? low : high;
        return Math.Clamp(offset, low, high);
    }

    /// <summary>Whether the text is one of the three.</summary>
    public static bool IsValid(string text) => IsEarliest(text) || IsLatest(text) || TryParseAge(text, out _);
}
