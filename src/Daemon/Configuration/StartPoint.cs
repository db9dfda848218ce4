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

    /// <summary>Whether the text is one of the three.</summary>
    public static bool IsValid(string text) => IsEarliest(text) || IsLatest(text) || TryParseAge(text, out _);
}
