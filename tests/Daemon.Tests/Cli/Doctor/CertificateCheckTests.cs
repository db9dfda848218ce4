using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daemon.Tests.Configuration;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Cli.Doctor;

namespace Daemon.Tests.Cli.Doctor;

public sealed class CertificateCheckTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(-100, 100, nameof(Verdict.Ok))]
    [InlineData(-100, 29, nameof(Verdict.Warning))]
    [InlineData(-100, -1, nameof(Verdict.Problem))]
    [InlineData(1, 100, nameof(Verdict.Problem))]
    public void Look_ACertificate_IsJudgedByItsDays(int fromDays, int toDays, string expected)
    {
        string file = folder.Write("client.pem", Certificate("CN=client", fromDays, toDays));

        Symptom symptom = Assert.Single(Look(("ssl.certificate.location", file)));

        Assert.Equal((expected, file), ($"{symptom.Verdict}", symptom.Place));
        Assert.StartsWith("CN=client", symptom.Found, StringComparison.Ordinal);
    }

    /// <summary>Of authorities some old one may stay in the file; of a client the first is its own.</summary>
    [Fact]
    public void Look_AnOldOneBesideAnother_CountsForTheClientAlone()
    {
        string both = folder.Write("both.pem", Certificate("CN=old", -200, -100) + "\n" + Certificate("CN=new", -100, 100));

        Assert.Equal(Verdict.Ok, Assert.Single(Look(("ssl.ca.location", both))).Verdict);
        Assert.Equal(Verdict.Problem, Assert.Single(Look(("ssl.certificate.location", both))).Verdict);
    }

    [Theory]
    [InlineData("ssl.ca.location")]
    [InlineData("ssl.certificate.location")]
    [InlineData("ssl.key.location")]
    public void Look_NoSuchFile_IsAProblem(string property)
    {
        Assert.Equal(
            Verdict.Problem, Assert.Single(Look((property, Path.Combine(folder.Path, "absent.pem")))).Verdict);
    }

    [Fact]
    public void Look_AFileWithoutCertificate_IsAProblem()
    {
        string file = folder.Write("empty.pem", "");

        Assert.Equal(Verdict.Problem, Assert.Single(Look(("ssl.certificate.location", file))).Verdict);
    }

    [Fact]
    public void Look_NoFileConfigured_SaysNothing() => Assert.Empty(Look(("sasl.username", "me")));

    private static IEnumerable<Symptom> Look(params (string Key, string Value)[] properties) =>
        new CertificateCheck(new FakeTimeProvider(Now)).Look(
            new() { Client = properties.ToDictionary(one => one.Key, one => one.Value) });

    private static string Certificate(string name, int fromDays, int toDays)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest(name, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(Now.AddDays(fromDays), Now.AddDays(toDays));
        return certificate.ExportCertificatePem();
    }
}
