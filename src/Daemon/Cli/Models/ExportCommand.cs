using System.CommandLine;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>forecaster model export: a model for torch or for an ONNX runtime.</summary>
internal static class ExportCommand
{
    private const string Onnx = "onnx";
    private const string Safetensors = "safetensors";

    public static Command Create()
    {
        var source = new ModelSource();
        var target = new ModelTarget();
        var format = new Option<string?>("--format")
        {
            Description = "Without: what the written file's name ends with.",
        };
        JsonOption json = JsonOption.Of<ExportReport>();
        format.AcceptOnlyFromAmong(Onnx, Safetensors);
        var command = new Command(
            "export",
            """
            Take a model to another runtime.

            safetensors: torch's tensor names, both biases, metadata; module.load_state_dict(load_file(...)) takes it
            into a module with lstm, head and skip. onnx: state as inputs and outputs, to be fed back at the next step.

            Example:
              forecaster model export lstm-7.safetensors -o lstm-7.onnx
            """);
        source.AddTo(command);
        target.AddTo(command);
        command.Options.Add(format);
        command.Options.Add(json);
        command.SetAction(parsed => ModelCommand.Run(
            () => Run(parsed, source, target, parsed.GetValue(format), parsed.GetValue(json)), parsed.InvocationConfiguration.Error));
        return command;
    }

    private static void Run(
        ParseResult parsed, ModelSource source, ModelTarget target, string? format, bool asJson)
    {
        target.Check(parsed);
        string path = target.Path(parsed);
        format ??= Path.GetExtension(path).TrimStart('.');
        ModelFile model = source.Read(parsed).Model;
        byte[] bytes = format switch
        {
            Onnx => OnnxExport.ToBytes(model),
            Safetensors => model.ToBytes(),
            _ => throw new ModelFileException(
                path, "format", $"a name that ends with .{Onnx} or .{Safetensors}, or --format", $"'{format}'"),
        };
        target.Write(parsed, bytes);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (asJson)
        {
            JsonOption.Write(new ExportReport(path, format, bytes.Length), output);
        }
        else
        {
            output.WriteLine($"{path}: {format}, {bytes.Length} bytes");
        }
    }
}
