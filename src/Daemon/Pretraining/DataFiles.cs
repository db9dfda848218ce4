namespace Streaming.Daemon.Pretraining;

/// <summary>The files behind the paths on a command line.</summary>
internal static class DataFiles
{
    private const string Pattern = "*.csv";

    /// <summary>Files as they are, folders as their CSV files by name; in the order of the paths.</summary>
    /// <exception cref="InputErrorException">A path leads nowhere, or to a folder without CSV files.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths) => [.. paths.SelectMany(FilesAt)];

    private static string[] FilesAt(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new InputErrorException(
                $"{path}: there is no such file or folder; name CSV files, or folders of them.");
        }

        string[] files = Directory.GetFiles(path, Pattern);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0
            ? files
            : throw new InputErrorException($"{path}: the folder has no {Pattern}; name one that has, or the files.");
    }
}
