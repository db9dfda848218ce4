using System.Diagnostics;

namespace Chart.Tests;

/// <summary>A restore of the daemon as CI does it, with advisories of one source, into a folder of its own.</summary>
internal static class AuditedRestore
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(3);

    /// <summary>Restores; packages are on this machine already, so that no other source is asked.</summary>
    /// <returns>The exit code of dotnet, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(Uri advisories)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-audit-");
        try
        {
            string configuration = Path.Combine(folder.FullName, "nuget.config");
            await File.WriteAllTextAsync(
                configuration,
                $"""
                <configuration>
                  <packageSources><clear /></packageSources>
                  <auditSources>
                    <clear />
                    <add key="advisories" value="{advisories}" allowInsecureConnections="true" />
                  </auditSources>
                </configuration>
                """);
            return await RestoreAsync(configuration, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RestoreAsync(string configuration, string folder)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "restore", RepositoryRoot.Combine("src", "Daemon"), "--locked-mode", "--configfile", configuration,
                $"-property:ArtifactsPath={folder}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(folder, "http") },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet restore does not end: {await output}{await error}");
        }

        return (process.ExitCode, await output + await error);
    }
}
