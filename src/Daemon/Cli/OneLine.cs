namespace Streaming.Daemon.Cli;

/// <summary>Text of others, such as a file's, as part of a line on a terminal.</summary>
internal static class OneLine
{
    /// <summary>The text with spaces for control characters, which could end the line or command the
    /// terminal.</summary>
    public static string Of(string text) =>
        string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c));
}
