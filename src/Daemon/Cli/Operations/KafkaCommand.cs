using System.CommandLine;
using Streaming.Daemon.Cli.Training;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What commands that ask the brokers share.</summary>
internal static class KafkaCommand
{
    /// <summary>How long a request may take, and how long a topic that is read may stand still.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs a command under a valid configuration; what Kafka refuses becomes one line on stderr and an exit
    /// code.</summary>
    /// <param name="configFile">The file of --config, or null.</param>
    /// <param name="run">The command; answers with its exit code. Blocking, until done or told to stop.</param>
    /// <param name="io">Output and error.</param>
    /// <param name="stop">Ends it; so do SIGTERM and SIGINT.</param>
    public static async Task<int> RunAsync(
        string? configFile, Func<ForecasterOptions, CancellationToken, int> run, InvocationConfiguration io,
        CancellationToken stop)
    {
        ConfigurationResult result = ConfigurationInput.Load(configFile, io.Error);
        if (!result.IsValid)
        {
            return ExitCodes.Configuration;
        }

        using var signals = new StopSignals(stop);
        try
        {
            return await Task.Run(() => run(result.Options, signals.Token), CancellationToken.None);
        }
        catch (Exception e) when (e is KafkaPortException or KafkaSetupException)
        {
            await io.Error.WriteLineAsync(OneLine.Of($"forecaster: {e.Message}"));
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync("forecaster: stopped");
            return ExitCodes.Failure;
        }
    }
}
