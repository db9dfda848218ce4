using System.CommandLine;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>forecaster state inspect: what the state topic holds of each partition.</summary>
internal static class InspectStateCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigurationInput.Option();
        var partitions = new Option<int[]>("--partition", "-p")
        {
            Description = "A partition to look into, and to list the series of; may be repeated. Default: all, unlisted.",
            HelpName = "N",
        };
        partitions.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, out int number) || number < 0))
            {
                result.AddError("--partition takes numbers from 0.");
            }
        });
        var series = new Option<string?>("--series", "-s")
        {
            Description = "List the series that this takes: a pattern on the id, or on name and labels, as in a rule.",
            HelpName = "SELECT",
        };
        JsonOption json = JsonOption.Of<StateReport>();
        var command = new Command(
            "inspect",
            """
            Show what the state topic holds: of each partition its marker, its series, and the records that are damaged.

            Only reads, and joins no group: the daemon may run meanwhile. Says what a restart would go on with, or why it
            would refuse to. Damaged records and refusals give exit code 2.

            Example: how far is a series?
              forecaster state inspect --config forecaster.json --series 'cpu{host=a}'
            """)
        {
            config, partitions, series, json,
        };
        command.SetAction((parsed, stop) => KafkaCommand.RunAsync(
            parsed.GetValue(config),
            (options, token) => Run(
                options, new(parsed.GetValue(partitions) ?? [], parsed.GetValue(series)), parsed.GetValue(json),
                parsed.InvocationConfiguration.Output, token),
            parsed.InvocationConfiguration, stop));
        return command;
    }

    private static int Run(
        ForecasterOptions options, InspectStateRequest request, bool asJson, TextWriter output, CancellationToken stop)
    {
        StateReport report = StateInspector.Run(options, request, stop);
        if (asJson)
        {
            JsonOption.Write(report, output);
        }
        else
        {
            new StateTables(new(output)).Print(report);
        }

        return report.Partitions.All(partition => partition.IsSound) ? ExitCodes.Ok : ExitCodes.Configuration;
    }
}
