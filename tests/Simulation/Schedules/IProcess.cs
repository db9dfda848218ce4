namespace Simulation.Schedules;

/// <summary>A process of the deployment, with one lane.</summary>
internal interface IProcess
{
    /// <summary>One turn of its loop: poll, process, commit when due.</summary>
    /// <remarks>An exception ends the process; it is started again under the same identity.</remarks>
    void Turn();

    /// <summary>Stops cleanly: writes all states, commits, leaves the group. No turn may follow.</summary>
    void Stop();
}
