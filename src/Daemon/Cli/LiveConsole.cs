using Spectre.Console;

namespace Streaming.Daemon.Cli;

/// <summary>Where a long run is shown: lines, and on a terminal bars below them.</summary>
internal sealed class LiveConsole
{
    private readonly TextWriter output;
    private readonly IAnsiConsole console;
    private readonly bool isLive;

    /// <param name="output">A command's output.</param>
    public LiveConsole(TextWriter output)
    {
        this.output = output;
        console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) });
        isLive = console.Profile.Out.IsTerminal && console.Profile.Capabilities.Interactive;
    }

    /// <summary>Writes a line; long ones are not broken where a program may read them.</summary>
    public void WriteLine(string text)
    {
        if (isLive)
        {
            console.WriteLine(text);
        }
        else
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>Runs work that shows how far it is.</summary>
    /// <param name="work">Given where to put bars; null: nobody looks.</param>
    public T WithBars<T>(Func<ProgressContext?, T> work) => !isLive
        ? work(null)
        : console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(work);
}
