using System.Text.Json;

namespace Chart.Tests;

/// <summary>A known vulnerability of a package that ships ends every restore, and with it CI.</summary>
public sealed class AuditTests
{
    [Theory]
    [InlineData("Direct", 3, "NU1904")]
    [InlineData("Transitive", 0, "NU1901")] // the mildest, of a package that another one brings along
    public async Task Restore_KnownVulnerability_Fails(string kind, int severity, string code)
    {
        (string package, string version) = Locked(kind);
        await using AdvisorySource source = await AdvisorySource.StartAsync(package, version, severity);

        (int exitCode, string output) = await AuditedRestore.RunAsync(source.Index);

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"error {code}", output, StringComparison.Ordinal);
        Assert.Contains($"'{package}' {version}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_VulnerabilityOfAnotherVersion_Passes()
    {
        await using AdvisorySource source = await AdvisorySource.StartAsync(Locked("Direct").Package, "0.0.1", severity: 3);

        (int exitCode, string output) = await AuditedRestore.RunAsync(source.Index);

        Assert.True(exitCode == 0, output);
        Assert.True(source.WasAsked, "The audit did not look.");
    }

    /// <summary>The first package of a kind that the daemon is locked to.</summary>
    private static (string Package, string Version) Locked(string kind)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("src", "Daemon", "packages.lock.json")));
        JsonProperty package = file.RootElement.GetProperty("dependencies").EnumerateObject().First().Value.EnumerateObject()
            .First(package => package.Value.GetProperty("type").GetString() == kind);
        return (package.Name, package.Value.GetProperty("resolved").GetString()!);
    }
}
