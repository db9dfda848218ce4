using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Configuration;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("sasl.password", true)]
    [InlineData("ssl.key.pem", true)]
    [InlineData("ssl.keystore.password", true)]
    [InlineData("sasl.oauthbearer.client.secret", true)]
    [InlineData("sasl.oauthbearer.config", true)]
    [InlineData("sasl.jaas.config", true)]
    [InlineData("security.protocol", false)]
    [InlineData("sasl.username", false)]
    [InlineData("fetch.wait.max.ms", false)]
    public void IsSecret_Examples(string property, bool expected) =>
        Assert.Equal(expected, Secrets.IsSecret(property));

    [Fact]
    public void EffectiveOptions_SecretInAnyTable_IsMaskedAndTheOriginalIsNot()
    {
        ForecasterOptions options = Sources.Options(
            ("Kafka:Client:sasl.password", "hunter2"),
            ("Kafka:Consumer:ssl.key.password", "hunter2"),
            ("Kafka:Producer:some.token", "hunter2"));

        Assert.DoesNotContain(EffectiveSetting.All(options), setting => setting.Value.Contains("hunter2"));
        Assert.Equal("hunter2", options.Kafka.Client["sasl.password"]);
    }
}
