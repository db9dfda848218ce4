using System.Text.Json;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>A JSON Schema under docs, applied by Python's jsonschema, which knows draft 2020-12.</summary>
internal static class JsonSchemaCheck
{
    /// <summary>What is wrong with each document; an empty list where nothing is.</summary>
    /// <param name="schema">File name below docs. It must itself be valid.</param>
    /// <param name="documents">JSON, one line each.</param>
    public static async Task<IReadOnlyList<string[]>> FaultsAsync(string schema, IReadOnlyCollection<string> documents)
    {
        string script = RepositoryRoot.Combine("tests", "Daemon.Tests", "Documentation", "check_schema.py");
        string output = await ClientProgram.RunAsync(
            MachineProgram.DebianPython, [script, RepositoryRoot.Combine("docs", schema)],
            string.Concat(documents.Select(document => document + "\n")));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(documents.Count, lines.Length);
        return [.. lines.Select(line => JsonSerializer.Deserialize<string[]>(line)!)];
    }
}
