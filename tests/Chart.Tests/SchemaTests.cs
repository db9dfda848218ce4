namespace Chart.Tests;

/// <summary>Wrong values are refused before anything is rendered, and the refusal names the value.</summary>
public sealed class SchemaTests
{
    [TheoryNeeding(Helm.Program)]
    [InlineData("replicas=3", "replicas")]
    [InlineData("replicaCount=-1", "/replicaCount")]
    [InlineData("image.tag=latest", "/image/tag")]
    [InlineData("image.repository=forecaster latest", "/image/repository")]
    [InlineData("kafka.bootstrapServers=", "/kafka/bootstrapServers")]
    [InlineData("kafka.bootstrapServers=kafka", "/kafka/bootstrapServers")]
    [InlineData("kafka.password=hunter2", "password")]
    [InlineData("kafka.sasl.mechanism=GSSAPI", "/kafka/sasl/mechanism")]
    [InlineData("config.Model.Hiden=64", "Hiden")]
    [InlineData("config.Model.Hidden=many", "/config/Model/Hidden")]
    [InlineData("config.Series.Step=5m", "/config/Series/Step")]
    [InlineData("config.Training.Mode=true", "/config/Training/Mode")]
    [InlineData("config.Kafka.InstanceId=one", "InstanceId")]
    [InlineData("config.Kafka.BootstrapServers=other:9092", "BootstrapServers")]
    [InlineData("config.Http.Port=80", "Http")]
    [InlineData(@"config.Kafka.Client.sasl\.password=hunter2", "sasl.password")]
    [InlineData(@"config.Kafka.Consumer.ssl\.key\.pem=hunter2", "ssl.key.pem")]
    [InlineData("extraEnv[0].name=API_PASSWORD,extraEnv[0].value=hunter2", "/extraEnv/0")]
    [InlineData("resources.limits=null", "limits")]
    [InlineData("terminationGracePeriodSeconds=5", "/terminationGracePeriodSeconds")]
    public void Template_WrongValue_IsRefusedByName(string setting, string named)
    {
        HelmResult result = Helm.Template("--set", setting);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(named, result.Errors, StringComparison.Ordinal);
        Assert.Contains("schema", result.Errors, StringComparison.Ordinal);
    }

    [FactNeeding(Helm.Program)]
    public void Template_SaslWithoutSecret_IsRefusedByName()
    {
        HelmResult result = Helm.Template("--set", "kafka.sasl.mechanism=PLAIN");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("kafka.existingSecret is required", result.Errors, StringComparison.Ordinal);
    }
}
