namespace Streaming.Daemon.State;

/// <summary>The stored state of a partition is whole, but not one that this deployment may go on with; the message says
/// what to do.</summary>
internal sealed class StateRefusedException(string message) : Exception(message)
{
    /// <summary>What an operator does who can do without the state.</summary>
    public const string ToDrop =
        "stop every instance and make the state topic anew, which drops the state, or choose another Application";
}
