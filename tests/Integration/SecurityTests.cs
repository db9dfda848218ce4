using System.Text;
using Integration.Harness;

namespace Integration;

/// <summary>Brokers that take clients by mutual TLS and SASL alone, and secrets that must not come to light.</summary>
public sealed class SecurityTests : IAsyncDisposable
{
    private const string User = "forecaster-user";
    private const string Password = "planted-hunter2-password";
    private const string KeyPassword = "planted-hunter2-key";
    private const string RegistryPassword = "planted-hunter2-registry";
    private const string ClientSecret = "planted-hunter2-oauth";
    private const string WriteToken = "planted-hunter2-token";

    /// <summary>Part of every planted secret.</summary>
    private const string Planted = "hunter2";

    private readonly TestCluster cluster = new();
    private readonly TestCertificates authority = new("authority of the test");
    private readonly SecuredListener listener;
    private readonly DirectoryInfo secrets = Directory.CreateTempSubdirectory("forecaster-secrets-");
    private readonly StringBuilder emitted = new();

    public SecurityTests()
    {
        listener = new SecuredListener(
            TestCluster.IsEmbedded ? cluster.BootstrapServers : "127.0.0.1:9", authority, User, Password);
        (string certificate, string key) = authority.Client("forecaster", KeyPassword);
        Directory.CreateDirectory(Path.Combine(secrets.FullName, "tls"));
        Plant("tls/ca.crt", authority.Authority);
        Plant("tls/tls.crt", certificate);
        Plant("tls/tls.key", key);
        Plant("Kafka__Client__ssl.key.password", KeyPassword);
        Plant("Kafka__Client__sasl.username", User);
        Plant("Kafka__Client__sasl.password", Password);
        Plant("Kafka__Client__sasl.oauthbearer.client.secret", ClientSecret);
        Plant("Input__Schema__RegistryPassword", RegistryPassword);
        Plant("Http__WriteToken", WriteToken);
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        authority.Dispose();
        cluster.Dispose();
        secrets.Delete(recursive: true);
    }

    /// <summary>From the first question for topics to the last forecast: who went another way would not be let in.</summary>
    [EmbeddedFact]
    public async Task Run_BrokersAreSecured_EveryClientSignsInAndNoSecretComesToLight()
    {
        Deployment deployment = await SentAsync();
        using var input = new TopicReader(cluster, deployment.Input);
        using var forecasts = new TopicReader(cluster, deployment.Output);

        CommandResult topics = await Run(deployment, "topics", "check");
        CommandResult check = await Run(deployment, "check", "--json");
        CommandResult table = await Run(deployment, "check");
        await using (DaemonProcess daemon = deployment.Start(Secured()))
        {
            forecasts.ReadUntil(DueForecasts.Of(deployment.Input, input.ReadToEnd()).Count, daemon);
            await daemon.WaitUntilReadyAsync();
            foreach (string path in new[]
            {
                "/metrics", "/live", "/ready", "/", "/openapi/v1.json", "/api/v1/status", "/api/v1/tasks", "/api/v1/series",
                "/api/v1/models", "/api/v1/none",
            })
            {
                emitted.AppendLine((await daemon.GetAsync(path)).Body);
            }

            Assert.Equal(0, await daemon.StopAsync());
            emitted.AppendLine(daemon.Log);
        }

        Assert.Equal((0, 0, 0), (topics.ExitCode, check.ExitCode, table.ExitCode));
        Assert.Equal(0, listener.Refused);
        Assert.Superset(
            new HashSet<string> { "daemon-4", "daemon-4-0", "daemon-4-0-reader", "daemon-4-models-reader" },
            listener.Clients.Keys.ToHashSet());
        Assert.Contains("librdkafka", emitted.ToString(), StringComparison.Ordinal); // it did log what it does
        Assert.DoesNotContain(Planted, emitted.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", emitted.ToString(), StringComparison.Ordinal);
    }

    [EmbeddedFact]
    public Task Run_WrongPassword_WaitsAndSaysNothingOfIt() =>
        RefusedAsync(() => Plant("Kafka__Client__sasl.password", $"{Password}-of-yesterday"));

    /// <summary>The first to sign in at an installation: what it says is all that there is to see.</summary>
    [EmbeddedFact]
    public async Task Topics_WrongPassword_SaysSo()
    {
        Deployment deployment = await CreateAsync();
        Plant("Kafka__Client__sasl.password", $"{Password}-of-yesterday");

        CommandResult topics = await Run(deployment, "topics", "check");

        Assert.NotEqual(0, topics.ExitCode);
        Assert.Contains("forecaster: ", topics.Error, StringComparison.Ordinal);
        Assert.Contains("SASL", topics.Error.Split("forecaster: ")[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(Planted, emitted.ToString(), StringComparison.Ordinal);
    }

    [EmbeddedFact]
    public Task Run_CertificateOfAnotherAuthority_IsNotLetIn()
    {
        using var other = new TestCertificates("another authority");
        (string certificate, string key) = other.Client("forecaster", KeyPassword);
        return RefusedAsync(() =>
        {
            Plant("tls/tls.crt", certificate);
            Plant("tls/tls.key", key);
        });
    }

    /// <summary>Who answers in the brokers' place does not get the password.</summary>
    [EmbeddedFact]
    public async Task Run_BrokersOfAnotherAuthority_AreNotTrusted()
    {
        using var other = new TestCertificates("another authority");

        await RefusedAsync(() => Plant("tls/ca.crt", other.Authority), isByUs: true);

        Assert.Empty(listener.Clients);
    }

    /// <summary>What can't be used is refused at once, and told without what it holds.</summary>
    [EmbeddedTheory]
    [InlineData("tls/tls.key", "-----BEGIN PRIVATE KEY-----\nplanted-hunter2\n-----END PRIVATE KEY-----\n")]
    [InlineData("Kafka__Client__ssl.key.password", "planted-hunter2-wrong")]
    [InlineData("Kafka__Client__ssl.key.pem", "planted-hunter2")]
    [InlineData("Kafka__Client__no.such.property", "planted-hunter2")]
    [InlineData("Kafka__Client__sasl.oauthbearer.config", "planted-hunter2")]
    [InlineData("Kafka__Client", "planted-hunter2")]
    [InlineData("Kafka__Sasl", "planted-hunter2")]
    [InlineData("Input__Schema", "planted-hunter2")]
    public async Task Run_ASecretThatCannotBeUsed_IsNotShown(string file, string content)
    {
        Deployment deployment = await CreateAsync();
        Plant(file, content);

        CommandResult topics = await Run(deployment, "topics", "check");
        CommandResult check = await Run(deployment, "check", "--json");

        Assert.True(topics.ExitCode != 0 || check.ExitCode == 0, topics.Output + topics.Error);
        Assert.DoesNotContain(Planted, emitted.ToString(), StringComparison.Ordinal);
    }

    private async Task RefusedAsync(Action change, bool isByUs = false)
    {
        Deployment deployment = await SentAsync();
        change();
        await using DaemonProcess daemon = deployment.Start(Secured());
        string why = await daemon.WaitForAsync(
            "/ready", (_, body) => body.Contains("no broker answers", StringComparison.Ordinal)
                && (isByUs || listener.Refused > 0));
        emitted.AppendLine(why);
        Assert.Equal(0, await daemon.StopAsync());
        emitted.AppendLine(daemon.Log);
        Assert.DoesNotContain(Planted, emitted.ToString(), StringComparison.Ordinal);
    }

    private async Task<Deployment> SentAsync()
    {
        Deployment deployment = await CreateAsync();
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 4, rows: 20));
        return deployment;
    }

    private async Task<Deployment> CreateAsync()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        deployment.DeliverAtLeastOnceIfEmbedded();
        deployment.Variables["FORECASTER_SECRETS"] = secrets.FullName;
        return deployment;
    }

    private async Task<CommandResult> Run(Deployment deployment, params string[] command)
    {
        CommandResult result = await deployment.RunAsync(command, Secured());
        emitted.AppendLine(result.Output).AppendLine(result.Error);
        return result;
    }

    private void Plant(string file, string content) =>
        File.WriteAllText(Path.Combine(secrets.FullName, file), content);

    /// <summary>Settings that are no secret, and as talkative as can be.</summary>
    private (string Key, string Value)[] Secured() =>
    [
        ("Kafka:BootstrapServers", listener.BootstrapServers),
        ("Kafka:Client:security.protocol", "sasl_ssl"),
        ("Kafka:Client:sasl.mechanism", "PLAIN"),
        ("Kafka:Client:broker.address.family", "v4"),
        ("Kafka:Client:ssl.ca.location", Path.Combine(secrets.FullName, "tls", "ca.crt")),
        ("Kafka:Client:ssl.certificate.location", Path.Combine(secrets.FullName, "tls", "tls.crt")),
        ("Kafka:Client:ssl.key.location", Path.Combine(secrets.FullName, "tls", "tls.key")),
        ("Kafka:Client:debug", "all"),
        ("Logging:LogLevel:Default", "Trace"),
    ];
}
