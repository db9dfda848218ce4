namespace Streaming.Testing;

/// <summary>Where the sources are, seen from a test's output folder.</summary>
internal static class RepositoryRoot
{
    /// <summary>Absolute path of the folder that holds Streaming.sln.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Absolute path of a file or folder, given by its parts below the root.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Streaming.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds Streaming.sln.");
    }
}
