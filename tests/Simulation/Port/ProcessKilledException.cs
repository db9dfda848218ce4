namespace Simulation.Port;

/// <summary>The process is dead: nothing it does from here on reaches anybody.</summary>
internal sealed class ProcessKilledException : Exception;
