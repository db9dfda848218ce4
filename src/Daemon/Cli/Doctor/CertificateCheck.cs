using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether the certificates that the configuration names can be read and are in force.</summary>
/// <param name="clock">Tells what day it is.</param>
internal sealed class CertificateCheck(TimeProvider clock)
{
    private const string Name = "certificates";
    private const string Renew = "Renew it; the daemon reads it at its start (Kafka:NewSecrets).";

    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>One symptom for each certificate; none where the configuration names none.</summary>
    public IEnumerable<Symptom> Look(KafkaOptions options) =>
        new[] { options.Client, options.Consumer, options.Producer }
            .SelectMany(properties => properties)
            .Select(property => (Property: property.Key.Trim(), property.Value))
            .Distinct()
            .Select(Look).OfType<Symptom>();

    private Symptom? Look((string Property, string Value) setting)
    {
        (string property, string value) = setting;
        try
        {
            return property switch
            {
                "ssl.ca.location" when !File.Exists(value) && !Directory.Exists(value) => Missing(property, value),
                "ssl.ca.location" when File.Exists(value) => OfAuthorities(value, Read(File.ReadAllText(value))),
                "ssl.certificate.location" => OfClient(value, Read(File.ReadAllText(value))),
                "ssl.ca.pem" => OfAuthorities(property, Read(value)),
                "ssl.certificate.pem" => OfClient(property, Read(value)),
                _ when property.EndsWith(".location", StringComparison.Ordinal) && !Path.Exists(value) =>
                    Missing(property, value),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new(
                Verdict.Problem, Name, value, $"{property} can't be read: {OneLine.Of(e.Message)}",
                "Mount a file in PEM form there that this user may read.");
        }
    }

    private static Symptom Missing(string property, string path) => new(
        Verdict.Problem, Name, path, $"{property} names it, and it is not there",
        "Mount the file there, or correct the configuration.");

    private static X509Certificate2Collection Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }

    /// <summary>The first is the client's own; those of authorities may follow.</summary>
    private Symptom OfClient(string place, X509Certificate2Collection certificates) =>
        certificates.Count == 0 ? None(place) : Judge(place, certificates[0]);

    /// <summary>A bundle may hold old ones: the one that lasts longest counts.</summary>
    private Symptom OfAuthorities(string place, X509Certificate2Collection certificates) =>
        certificates.Count == 0 ? None(place) : Judge(place, certificates.MaxBy(one => one.NotAfter)!);

    private static Symptom None(string place) => new(
        Verdict.Problem, Name, place, "holds no certificate in PEM form", "Put one there.");

    private Symptom Judge(string place, X509Certificate2 certificate)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        DateTime from = certificate.NotBefore.ToUniversalTime(), to = certificate.NotAfter.ToUniversalTime();
        string subject = OneLine.Of(certificate.Subject);
        if (now < from)
        {
            return new(
                Verdict.Problem, Name, place, $"{subject} is in force only from {Text(from)} on",
                "Set this machine's clock right, or use the certificate that is in force.");
        }

        if (now > to)
        {
            return new(Verdict.Problem, Name, place, $"{subject} has expired: {Text(to)}", Renew);
        }

        string until = $"{subject} is in force until {Text(to)}";
        return to - now < Soon
            ? new(Verdict.Warning, Name, place, until, Renew)
            : new(Verdict.Ok, Name, place, until);
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
