using System.Text.Json;
using System.Xml.Linq;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>The packages that ship with the daemon, and under which licence: what its restore wrote down, and what each
/// package says of itself.</summary>
internal static class LicenceTable
{
    public const string Heading = "| package | version | licence |";

    /// <summary>The table, with its heading, one line a row, by name.</summary>
    public static IReadOnlyList<string> Lines()
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllText(RepositoryRoot.Combine("artifacts", "obj", "Daemon", "project.assets.json")));
        string[] folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        IEnumerable<string> rows = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => Row(library.Name.Split('/'), library.Value.GetProperty("path").GetString()!, folders));
        return [Heading, "| --- | --- | --- |", .. rows.Order(StringComparer.OrdinalIgnoreCase)];
    }

    private static string Row(string[] package, string path, string[] folders)
    {
        string folder = folders.Select(root => Path.Combine(root, path)).First(Directory.Exists);
        XElement metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements()
            .Single(element => element.Name.LocalName == "metadata");
        XElement? licence = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "license");
        string name = licence?.Attribute("type")?.Value switch
        {
            "expression" => licence.Value,
            "file" => FirstLine(Path.Combine(folder, licence.Value)),
            _ => metadata.Elements().Single(element => element.Name.LocalName == "licenseUrl").Value,
        };
        return $"| {package[0]} | {package[1]} | {name} |";
    }

    private static string FirstLine(string file) =>
        $"its own: {File.ReadLines(file).First(line => line.Trim().Length > 0).Trim()}";
}
