namespace Streaming.Daemon.Configuration;

/// <summary>The length of a step as operators write it: a time span, or "event".</summary>
internal static class StepLength
{
    public const string Event = "event";

    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan Most = TimeSpan.FromDays(366);

    /// <summary>Whether a step is one record.</summary>
    public static bool IsEvent(string? text) => Event.Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <param name="text">"00:05:00", "7.00:00:00" or "event".</param>
    /// <param name="ticks">Length in ticks of 100 ns; zero for one step a record.</param>
    public static bool TryParse(string text, out long ticks)
    {
        ticks = 0;
        if (IsEvent(text))
        {
            return true;
        }

        if (!ValueParser.TryParseTimeSpan(text, out TimeSpan step) || step < Least || step > Most)
        {
            return false;
        }

        ticks = step.Ticks;
        return true;
    }
}
