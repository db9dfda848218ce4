using System.Diagnostics;

namespace Chart.Tests;

/// <summary>What one call of helm printed and how it ended.</summary>
internal sealed record HelmResult(int ExitCode, string Output, string Errors);

/// <summary>The real helm, over the chart of this repository; it reaches no cluster.</summary>
internal static class Helm
{
    public const string Program = "helm";

    private static readonly TimeSpan timeout = TimeSpan.FromMinutes(1);

    /// <summary>Absolute path of the chart.</summary>
    public static string Chart { get; } = RepositoryRoot.Combine("helm");

    /// <summary>The manifests of a release named "test", as YAML, with further arguments (-f FILE, --set KEY=VALUE).</summary>
    public static HelmResult Template(params string[] arguments) => Run(["template", "test", Chart, .. arguments]);

    public static HelmResult Lint(params string[] arguments) => Run(["lint", "--strict", Chart, .. arguments]);

    /// <summary>What an installation as "test" would print and make, without a cluster.</summary>
    public static HelmResult Install(params string[] arguments) =>
        Run(["install", "test", Chart, "--dry-run=client", .. arguments]);

    /// <summary>Packs the chart into a folder.</summary>
    public static HelmResult Package(string folder) => Run(["package", Chart, "--destination", folder]);

    private static HelmResult Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"helm {string.Join(' ', arguments)} ran longer than {timeout}.");
        }

        return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
