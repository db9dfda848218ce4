using System.CommandLine;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>The model file that a command reads, and what its modules are called in it.</summary>
internal sealed class ModelSource
{
    private readonly Argument<string> file = new("FILE")
    {
        Description = "A safetensors file: one of ours, or the state_dict of a torch module.",
    };

    private readonly Option<string?> lstm = new("--lstm")
    {
        Description = "Name of the LSTM in the file, for one that has several ('' for one without a name).",
        HelpName = "NAME",
    };

    private readonly Option<string> head = new("--head")
    {
        Description = "Name of the linear layer over the LSTM's last hidden state.",
        HelpName = "NAME",
        DefaultValueFactory = _ => new ModelNames().Head,
    };

    private readonly Option<string> skip = new("--skip")
    {
        Description = "Name of the linear layer over lags and features; a file may have none.",
        HelpName = "NAME",
        DefaultValueFactory = _ => new ModelNames().Skip,
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(file);
        command.Options.Add(lstm);
        command.Options.Add(head);
        command.Options.Add(skip);
    }

    /// <summary>The path as it was given: what messages call the file.</summary>
    public string Path(ParseResult parsed) => parsed.GetRequiredValue(file);

    /// <exception cref="ModelFileException">The file is no model.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public ModelInspection Read(ParseResult parsed) => StoredModel.Read(
        Path(parsed),
        new(parsed.GetValue(lstm), parsed.GetRequiredValue(head), parsed.GetRequiredValue(skip)));
}
