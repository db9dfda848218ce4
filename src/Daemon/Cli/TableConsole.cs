using Spectre.Console;

namespace Streaming.Daemon.Cli;

/// <summary>Where a command prints: tables with borders and colours on a terminal, plain columns elsewhere.</summary>
internal sealed class TableConsole
{
    private const int WidthOfPlainText = 200;

    private readonly TextWriter output;
    private readonly IAnsiConsole console;
    private readonly TableBorder border;

    /// <param name="output">A command's output.</param>
    public TableConsole(TextWriter output)
    {
        this.output = output;
        bool isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        console = AnsiConsole.Create(new()
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        border = isTerminal ? TableBorder.Rounded : TableBorder.None;
        if (!isTerminal)
        {
            console.Profile.Width = WidthOfPlainText;
        }
    }

    /// <summary>An empty table in the console's style.</summary>
    public Table Table(params string[] columns) => new Table().Border(border).AddColumns(columns);

    public void Write(Table table) => console.Write(table);

    /// <summary>Writes a line as it is, however long: paths and JSON are there to be copied.</summary>
    public void WriteLine(string text = "") => output.WriteLine(text);
}
