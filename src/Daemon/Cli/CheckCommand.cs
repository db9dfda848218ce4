using System.CommandLine;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli;

/// <summary>forecaster check: validates and shows the configuration.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Option<string?> config = ConfigurationInput.Option();
        var series = new Option<string?>("--series", "-s")
        {
            Description = "A series id: also show which rule takes it and what its settings come to.",
            HelpName = "ID",
        };
        JsonOption json = JsonOption.Of<CheckReport>();
        var command = new Command(
            "check",
            """
            Validate the configuration and show what it comes to, without touching Kafka.

            Every error is printed to stderr, one a line, and the exit code is 2. Otherwise each setting is shown
            with the source it comes from, passwords and keys masked.

            Example: which rule takes a series?
              forecaster check --config forecaster.json --series 'cpu{host=a}'
            """)
        {
            config, series, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(config), parsed.GetValue(series), parsed.GetValue(json), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string? file, string? seriesId, bool asJson, InvocationConfiguration io)
    {
        ConfigurationResult result = ConfigurationInput.Load(file, io.Error);
        if (asJson)
        {
            JsonOption.Write(CheckReport.Of(result, seriesId), io.Output);
        }
        else if (result.IsValid)
        {
            new CheckTables(new(io.Output)).Print(result.Shown, result.SourceOf, seriesId);
        }

        return result.IsValid ? ExitCodes.Ok : ExitCodes.Configuration;
    }
}
