using System.Diagnostics.CodeAnalysis;

namespace Benchmarks.Nab;

/// <summary>Arguments of the benchmark of anomalies.</summary>
/// <param name="Data">Folder with NAB's files and combined_windows.json.</param>
/// <param name="Results">Folder with a detector's rows as NAB publishes them, to score in place of ours; null: ours.
/// </param>
/// <param name="IsJson">Whether to print JSON.</param>
internal sealed record NabArguments(string Data, string? Results, bool IsJson)
{
    private const string Usage = "Usage: benchmarks nab --data DIR [--results DIR] [--json]";

    /// <summary>Parses; prints the usage where that fails.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out NabArguments? arguments)
    {
        string? data = null, results = null;
        bool isJson = false, isKnown = true;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--data" when i + 1 < args.Length:
                    data = args[++i];
                    break;
                case "--results" when i + 1 < args.Length:
                    results = args[++i];
                    break;
                case "--json":
                    isJson = true;
                    break;
                default:
                    isKnown = false;
                    break;
            }
        }

        arguments = isKnown && data is not null ? new(data, results, isJson) : null;
        if (arguments is null)
        {
            Console.Error.WriteLine(Usage);
        }

        return arguments is not null;
    }
}
