using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Integration.Harness;

/// <summary>An authority of a test, and the certificates that it gives.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;

    public TestCertificates(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>The authority's certificate, PEM.</summary>
    public string Authority => authority.ExportCertificatePem();

    /// <summary>A certificate for this host, with its key.</summary>
    public X509Certificate2 Server()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Issue("CN=localhost", own, names.Build());
        return certificate.CopyWithPrivateKey(own);
    }

    /// <summary>A client's certificate and its key under a password, PEM both.</summary>
    public (string Certificate, string Key) Client(string name, string password)
    {
        using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Issue($"CN={name}", own);
        return (certificate.ExportCertificatePem(), own.ExportEncryptedPkcs8PrivateKeyPem(password, Encryption));
    }

    /// <summary>Whether a certificate is one of this authority's.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        authority.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Issue(string subject, ECDsa own, params X509Extension[] extensions)
    {
        var request = new CertificateRequest(subject, own, HashAlgorithmName.SHA256);
        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
    }
}
