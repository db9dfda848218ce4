using System.CommandLine;
using Streaming.Inference.Model;

namespace Streaming.Daemon.Cli.Models;

/// <summary>The file that a command writes: whole or not at all, and never over another one unasked.</summary>
internal sealed class ModelTarget
{
    private const string Part = "output";

    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "The file to write.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> force = new("--force", "-f") { Description = "Replace a file that is there." };

    public void AddTo(Command command)
    {
        command.Options.Add(output);
        command.Options.Add(force);
    }

    public string Path(ParseResult parsed) => parsed.GetRequiredValue(output);

    /// <summary>Whether a file that is there may go.</summary>
    public bool IsForced(ParseResult parsed) => parsed.GetValue(force);

    /// <inheritdoc cref="Check(string, bool)"/>
    public void Check(ParseResult parsed) => Check(Path(parsed), IsForced(parsed));

    /// <summary>Refuses what can't be written to, before any work is done.</summary>
    /// <exception cref="ModelFileException">There is such a file that may not go, or its folder is missing.</exception>
    public static void Check(string path, bool replace)
    {
        if (Directory.Exists(path))
        {
            throw new ModelFileException(path, Part, "a file", "a folder");
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))))
        {
            throw new ModelFileException(path, Part, "a folder to write it to", "none");
        }

        if (File.Exists(path) && !replace)
        {
            throw new ModelFileException(path, Part, "no such file, or --force to replace it", "one");
        }
    }

    /// <exception cref="IOException">It can't be written; what is there stays as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(ParseResult parsed, byte[] bytes) =>
        AtomicFile.Write(Path(parsed), bytes, replace: IsForced(parsed));
}
