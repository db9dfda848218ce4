namespace Streaming.Daemon.Demo;

/// <summary>Alarms of one series against its labelled windows.</summary>
/// <remarks>A window is found when an alarm's step overlaps it; an alarm that overlaps none is false.</remarks>
internal sealed class AlarmScore
{
    private readonly IReadOnlyList<LabelledWindow> windows;
    private readonly TimeSpan step;
    private readonly bool[] found;

    /// <summary>Creates a score without alarms.</summary>
    public AlarmScore(IReadOnlyList<LabelledWindow> windows, TimeSpan step)
    {
        this.windows = windows;
        this.step = step;
        found = new bool[windows.Count];
    }

    /// <summary>Labelled windows.</summary>
    public int Labelled => windows.Count;

    /// <summary>Labelled windows with at least one alarm.</summary>
    public int Found => found.Count(window => window);

    /// <summary>All alarms.</summary>
    public int Alarms { get; private set; }

    /// <summary>Alarms outside every window.</summary>
    public int FalseAlarms { get; private set; }

    /// <summary>Scores the alarm of the step that starts at a time.</summary>
    public void Add(DateTime stepStart)
    {
        bool labelled = false;
        for (int i = 0; i < windows.Count; i++)
        {
            if (windows[i].From < stepStart + step && stepStart <= windows[i].To)
            {
                labelled = found[i] = true;
            }
        }

        Alarms++;
        FalseAlarms += labelled ? 0 : 1;
    }
}
