namespace Benchmarks.Learn;

/// <summary>Arguments of the benchmarks of learning: one option with a value, and --json.</summary>
internal static class LearnArguments
{
    /// <summary>Parses; prints the usage where that fails.</summary>
    /// <param name="args">Arguments after the benchmark's name.</param>
    /// <param name="option">The option; required unless <paramref name="value"/> comes with a default.</param>
    /// <param name="usage">What to print.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isJson">Whether --json is there.</param>
    /// <param name="fallback">What the option is by default; null where it must be given.</param>
    public static bool TryParse(
        string[] args, string option, string usage, out string value, out bool isJson, string? fallback = null)
    {
        int at = Array.IndexOf(args, option);
        string? given = at < 0 ? fallback : args.ElementAtOrDefault(at + 1);
        string[] rest = [.. args.Where((_, i) => at < 0 || (i != at && i != at + 1))];
        isJson = rest.Contains("--json");
        value = given ?? "";
        if (given is not null && rest.All(argument => argument == "--json"))
        {
            return true;
        }

        Console.Error.WriteLine($"Usage: benchmarks {usage}");
        return false;
    }
}
