using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

/// <summary>What librdkafka itself takes and refuses of security settings, before any broker is asked.</summary>
public sealed class ClientSecurityTests
{
    [Theory]
    [InlineData("security.protocol=ssl")]
    [InlineData("security.protocol=sasl_ssl,sasl.mechanism=PLAIN,sasl.username=u,sasl.password=hunter2")]
    [InlineData("security.protocol=sasl_ssl,sasl.mechanism=SCRAM-SHA-256,sasl.username=u,sasl.password=hunter2")]
    [InlineData("security.protocol=sasl_ssl,sasl.mechanism=SCRAM-SHA-512,sasl.username=u,sasl.password=hunter2")]
    [InlineData(
        "security.protocol=sasl_ssl,sasl.mechanism=OAUTHBEARER,sasl.oauthbearer.method=oidc,"
        + "sasl.oauthbearer.client.id=u,sasl.oauthbearer.client.secret=hunter2,"
        + "sasl.oauthbearer.token.endpoint.url=https://login.invalid/token")]
    public void Open_SecuritySettings_AreTaken(string properties)
    {
        using ClusterMetadata client = Open(properties);

        Assert.NotNull(client);
    }

    [Theory]
    [InlineData("security.protocol=sasl_ssl,sasl.mechanism=SCRAM-SHA-512,sasl.password=hunter2", "sasl.username")]
    [InlineData("security.protocol=sasl_ssl,sasl.mechanism=HUNTER3", "HUNTER3")]
    [InlineData(
        "security.protocol=sasl_ssl,sasl.mechanism=OAUTHBEARER,sasl.oauthbearer.method=oidc,"
        + "sasl.oauthbearer.client.id=u,sasl.oauthbearer.client.secret=hunter2", "token.endpoint.url")]
    [InlineData("security.protocol=ssl,ssl.ca.location=/nowhere/ca.crt", "ssl.ca.location")]
    [InlineData("security.protocol=ssl,ssl.key.pem=hunter2", "ssl.key.pem")]
    public void Open_SettingsThatCannotBe_AreRefusedByNameWithoutTheSecret(string properties, string named)
    {
        var e = Assert.Throws<KafkaPortException>(() => Open(properties));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is made of a configuration gets its security settings: no client goes in the open.</summary>
    [Fact]
    public void Properties_OfEveryClient_HaveThoseOfTheSectionClient()
    {
        var kafka = new KafkaOptions { BootstrapServers = "b:1", InstanceId = "i", Client = Parse("security.protocol=ssl") };
        var member = new GroupMember("group", "name");

        Assert.All(
            [
                ClientProperties.Consumer(kafka, member), ClientProperties.Reader(kafka, member),
                ClientProperties.Producer(kafka, member), ClientProperties.Admin(kafka),
            ],
            properties => Assert.Equal("ssl", properties["security.protocol"]));
    }

    private static ClusterMetadata Open(string properties) => new(
        new() { BootstrapServers = "127.0.0.1:1", InstanceId = "test", Client = Parse(properties) }, NullLogger.Instance);

    private static Dictionary<string, string> Parse(string properties) => properties.Split(',')
        .Select(property => property.Split('=', 2)).ToDictionary(property => property[0], property => property[1]);
}
