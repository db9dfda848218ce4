using System.CommandLine;
using System.Text.Json;

namespace Streaming.Daemon.Cli.Models;

/// <summary>forecaster model inspect: what is in a model file, and whether it can be served.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var source = new ModelSource();
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of tables." };
        var command = new Command(
            "inspect",
            """
            Show what is in a model file: sizes, tensors, metadata, checksum, and whether it can be served.

            A file that can't be used gives one line on stderr, which names file, tensor, what was expected and what was
            found, and exit code 2.
            """);
        source.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => ModelCommand.Run(
            () => Run(parsed, source, parsed.GetValue(json)), parsed.InvocationConfiguration.Error));
        return command;
    }

    private static void Run(ParseResult parsed, ModelSource source, bool asJson)
    {
        InspectReport report = InspectReport.Of(source.Path(parsed), source.Read(parsed));
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(report, CheckReport.Json));
        }
        else
        {
            new InspectTables(new(output)).Print(report);
        }
    }
}
