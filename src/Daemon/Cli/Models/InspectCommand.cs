using System.CommandLine;

namespace Streaming.Daemon.Cli.Models;

/// <summary>forecaster model inspect: what is in a model file, and whether it can be served.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var source = new ModelSource();
        JsonOption json = JsonOption.Of<InspectReport>();
        var command = new Command(
            "inspect",
            """
            Show what is in a model file: sizes, tensors, metadata, checksum, and whether it can be served.

            A file that can't be used gives one line on stderr, which names file, tensor, what was expected and what was
            found, and exit code 2.

            Example: can this one be served?
              forecaster model inspect lstm-7.safetensors
            """);
        source.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => ModelCommand.Run(
            () => Print(
                InspectReport.Of(source.Path(parsed), source.Read(parsed)), parsed.GetValue(json), parsed), parsed.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>Prints what a file holds, for people or for programs.</summary>
    public static void Print(InspectReport report, bool asJson, ParseResult parsed)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (asJson)
        {
            JsonOption.Write(report, output);
        }
        else
        {
            new InspectTables(new(output)).Print(report);
        }
    }
}
