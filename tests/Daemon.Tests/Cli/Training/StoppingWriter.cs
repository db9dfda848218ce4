namespace Daemon.Tests.Cli.Training;

/// <summary>A command's output that asks for a stop once a line begins with some text.</summary>
internal sealed class StoppingWriter(string beginning) : StringWriter
{
    private readonly CancellationTokenSource source = new();

    public CancellationToken Stop => source.Token;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
        {
            source.Cancel();
        }
    }

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
