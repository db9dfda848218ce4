namespace Streaming.Daemon.Cli.Models;

/// <summary>Writes a file whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, flushes to disk and renames: a reader never sees half a file.</summary>
    /// <param name="path">The target; its folder exists.</param>
    /// <param name="bytes">All of its content.</param>
    /// <param name="replace">Whether a file that is there may go.</param>
    /// <exception cref="IOException">It can't be written, or one is there and may not go: it stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what is there stays.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool replace)
    {
        string temporary = $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, replace);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
