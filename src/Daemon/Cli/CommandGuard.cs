using Streaming.Daemon.Pretraining;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli;

/// <summary>Turns what is wrong with files or settings into lines on stderr and an exit code.</summary>
internal static class CommandGuard
{
    public static int Run(Func<int> run, TextWriter stderr)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is InputErrorException or InvalidDataException or ModelFileException)
        {
            foreach (string error in e is InputErrorException input ? input.Errors : [e.Message])
            {
                stderr.WriteLine(OneLine.Of(error));
            }

            return ExitCodes.Configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stderr.WriteLine(OneLine.Of(e.Message));
            return ExitCodes.Failure;
        }
    }
}
