using System.CommandLine;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>forecaster state: what can be done with the state topic.</summary>
internal static class StateCommand
{
    public static Command Create() =>
        new("state", "Look into the stored state of a deployment.") { InspectStateCommand.Create() };
}
