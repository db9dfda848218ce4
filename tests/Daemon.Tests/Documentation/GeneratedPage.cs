namespace Streaming.Daemon.Tests.Documentation;

/// <summary>A page under docs that is made of the code.</summary>
internal static class GeneratedPage
{
    /// <summary>Environment variable that has pages written anew in place of compared.</summary>
    private const string Update = "UPDATE_DOCUMENTS";

    /// <summary>Compares a page with what it must be, or writes it.</summary>
    /// <param name="name">Its file under docs.</param>
    /// <param name="lines">What it must be.</param>
    public static void Check(string name, IEnumerable<string> lines)
    {
        string path = RepositoryRoot.Combine("docs", name), text = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"There is no docs/{name}: {Update}=1 writes it.");
        Assert.Equal(text.Split('\n'), File.ReadAllText(path).Split('\n'));
    }
}
