using System.CommandLine;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli.Models;

/// <summary>forecaster model import: weights of others become a model file of ours.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var source = new ModelSource();
        var target = new ModelTarget();
        var description = new DescriptionOptions();
        JsonOption json = JsonOption.Of<InspectReport>();
        var command = new Command(
            "import",
            """
            Bring weights that were trained in PyTorch: write them as a model file of ours.

            The file is what safetensors.torch.save_file(model.state_dict(), ...) writes for a module with a
            torch.nn.LSTM and a torch.nn.Linear over its hidden state; F64, F16 and BF16 are rounded to F32. A skip
            that is missing becomes zeros. What the file does not say about itself comes from the options.

            Example: a head that was called fc
              forecaster model import net.safetensors --head fc --horizons 1,6,24 -o lstm-7.safetensors
            """);
        source.AddTo(command);
        target.AddTo(command);
        description.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => ModelCommand.Run(
            () => Run(parsed, source, target, description, parsed.GetValue(json)), parsed.InvocationConfiguration.Error));
        return command;
    }

    private static void Run(
        ParseResult parsed, ModelSource source, ModelTarget target, DescriptionOptions description, bool asJson)
    {
        target.Check(parsed);
        string path = target.Path(parsed);
        ModelFile model = ModelImport.Complete(
            source.Read(parsed).Model,
            given: description.Given(parsed),
            assumed: ServedModel.Metadata(Path.GetFileNameWithoutExtension(path)),
            source.Path(parsed));
        byte[] bytes = model.ToBytes();
        target.Write(parsed, bytes);

        // Read back as anyone would: what is shown is what the file says.
        InspectCommand.Print(InspectReport.Of(path, ModelInspection.Read(bytes, path)), asJson, parsed);
    }
}
