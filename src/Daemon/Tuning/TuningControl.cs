using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tuning;

/// <summary>What an operator may switch while the daemon runs. Thread-safe.</summary>
internal sealed class TuningControl(ForecasterOptions options)
{
    private volatile bool isFrozen = options.Training.Freeze;

    /// <summary>Whether training rests: no run begins, so that the version in force stays. One that is under way ends
    /// first.</summary>
    public bool IsFrozen
    {
        get => isFrozen;
        set => isFrozen = value;
    }
}
