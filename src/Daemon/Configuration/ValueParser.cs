using System.Globalization;

namespace Streaming.Daemon.Configuration;

/// <summary>Plain values as operators write them: always in the invariant culture.</summary>
internal static class ValueParser
{
    /// <summary>Parses text as a value of an option's type.</summary>
    /// <param name="type">string, bool, int, long, double, TimeSpan, DateOnly, an enum, or one of these as nullable.</param>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; null for an empty text of a nullable type.</param>
    public static bool TryParse(Type type, string text, out object? value)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            value = null;
            return text.Length == 0 || TryParse(underlying, text, out value);
        }

        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type.IsEnum => OptionNames.Parse(type, text),
            _ when type == typeof(bool) => bool.TryParse(text, out bool b) ? b : null,
            _ when type == typeof(int) =>
                int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int i) ? i : null,
            _ when type == typeof(long) =>
                long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long l) ? l : null,
            _ when type == typeof(double) => ParseFinite(text),
            _ when type == typeof(TimeSpan) => TryParseTimeSpan(text, out TimeSpan t) ? t : null,
            _ when type == typeof(DateOnly) => DateOnly.TryParseExact(
                text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly d) ? d : null,
            _ => throw new NotSupportedException($"No parser for options of type {type}."),
        };
        return value is not null;
    }

    /// <summary>Parses [d.]hh:mm[:ss[.fffffff]].</summary>
    /// <remarks>.NET takes a bare number for days: "60" would be two months. Only 0 may stand bare.</remarks>
    public static bool TryParseTimeSpan(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        return (text.Contains(':', StringComparison.Ordinal) || text.Trim() == "0")
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>What a type's values look like, to complete "expects …".</summary>
    public static string Expected(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain.IsEnum => $"one of {string.Join(", ", OptionNames.All(plain))}",
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(double) => "a number",
            _ when plain == typeof(TimeSpan) => "a time span such as 00:05:00 (five minutes) or 7.00:00:00 (a week)",
            _ when plain == typeof(DateOnly) => "a date such as 2026-12-25",
            _ => "a whole number",
        };
    }

    private static double? ParseFinite(string text)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return isNumber && double.IsFinite(number) ? number : null;
    }
}
