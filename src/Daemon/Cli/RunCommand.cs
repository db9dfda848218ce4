using System.CommandLine;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli;

/// <summary>forecaster run: the daemon.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigurationInput.Option();
        var command = new Command(
            "run",
            """
            Read events from Kafka and publish forecasts until stopped (SIGTERM or Ctrl-C: commits, then ends).

            The whole configuration is validated before Kafka is touched. The one setting without a default is
            Kafka:BootstrapServers. The dashboard, the API, metrics and health are served on port 9464 (Http:Port):
            /, /api/v1, /metrics, /live and /ready.

            Example: with a file of settings, and one in its place
              FORECASTER__Pipeline__Lanes=2 forecaster run --config forecaster.json
            """)
        {
            config,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(config), parsed.InvocationConfiguration, stop));
        return command;
    }

    private static async Task<int> RunAsync(string? file, InvocationConfiguration io, CancellationToken stop)
    {
        ConfigurationResult result = ConfigurationInput.Load(file, io.Error);
        return result.IsValid
            ? await DaemonHost.RunAsync(() => DaemonHost.Create(result.Options, result.Merged()), io.Error, stop)
            : ExitCodes.Configuration;
    }
}
