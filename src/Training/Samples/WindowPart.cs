namespace Streaming.Training.Samples;

/// <summary>The steps of a window that a pass runs over, and which of their labels count.</summary>
/// <param name="Window">The window.</param>
/// <param name="Start">First step, from zero state.</param>
/// <param name="End">Step after the last.</param>
/// <param name="ScoredFrom">First step whose labels count: those before it warm up the state.</param>
/// <param name="LabelsBefore">Labels count only if the step they come from lies before this one.</param>
internal readonly record struct WindowPart(
    EncodedWindow Window, int Start, int End, int ScoredFrom, int LabelsBefore)
{
    public int Steps => End - Start;

    /// <summary>Those of parts, longest first, that have more than so many steps.</summary>
    public static ReadOnlySpan<WindowPart> Beyond(ReadOnlySpan<WindowPart> parts, int steps)
    {
        int count = parts.Length;
        while (count > 0 && parts[count - 1].Steps <= steps)
        {
            count--;
        }

        return parts[..count];
    }

    /// <summary>Whether the label that a step has at a horizon counts.</summary>
    public bool Counts(int step, int horizon) => step >= ScoredFrom && step + horizon < LabelsBefore;
}
