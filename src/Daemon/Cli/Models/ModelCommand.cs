using System.CommandLine;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>forecaster model: what can be done with model files.</summary>
internal static class ModelCommand
{
    public static Command Create() =>
        new("model", "Look into model files, bring weights from PyTorch, and take ours to other runtimes.")
        {
            InspectCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
        };

    /// <summary>Runs a command on files; what is wrong with them becomes one line on stderr and an exit code.</summary>
    public static int Run(Action action, TextWriter stderr)
    {
        try
        {
            action();
            return ExitCodes.Ok;
        }
        catch (ModelFileException e)
        {
            stderr.WriteLine(OneLine.Of(e.Message));
            return ExitCodes.Configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stderr.WriteLine(OneLine.Of(e.Message));
            return ExitCodes.Failure;
        }
    }
}
