using System.Text.Json;

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
    [InlineData("api.advertisedUrl=http://forecaster.example", "/api/advertisedUrl")] // one address for all of them
    [InlineData("api.advertisedUrl=http://me:hunter2@$(POD_NAME)", "/api/advertisedUrl")]
    [InlineData("kafka.sasl.oauth.tokenEndpoint=https://me:hunter2@login.example", "/kafka/sasl/oauth/tokenEndpoint")]
    [InlineData("kafka.tls.authorities=all", "/kafka/tls/authorities")]
    [InlineData("kafka.tls.mutual=yes", "/kafka/tls/mutual")]
    [InlineData("schemaRegistry.password=hunter2", "password")]
    [InlineData("topics.job=delete", "/topics/job")]
    [InlineData("topics.replicationFactor=-1", "/topics/replicationFactor")]
    [InlineData("autoscaling.enabled=true", "/autoscaling")]
    [InlineData("autoscaling.keda.minReplicaCount=0", "/autoscaling/keda/minReplicaCount")]
    [InlineData("autoscaling.hpa.scaleDownSeconds=7200", "/autoscaling/hpa/scaleDownSeconds")]
    [InlineData("networkPolicy.kafkaPorts[0]=kafka", "/networkPolicy/kafkaPorts/0")]
    [InlineData("podMonitor.interval=often", "/podMonitor/interval")]
    [InlineData("serviceMonitor.intervall=30s", "intervall")]
    [InlineData("podDisruptionBudget.minAvailable=1", "minAvailable")]
    [InlineData("topologySpreadConstraints[0].maxSkew=1", "/topologySpreadConstraints/0")]
    [InlineData("persistence.enabled=true", "persistence")]
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
    [InlineData("extraEnv[0].name=FORECASTER__Http__WriteToken,extraEnv[0].value=hunter2", "/extraEnv/0")]
    [InlineData("resources.limits=null", "limits")]
    [InlineData("terminationGracePeriodSeconds=5", "/terminationGracePeriodSeconds")]
    public void Template_WrongValue_IsRefusedByName(string setting, string named)
    {
        HelmResult result = Helm.Template("--set", setting);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(named, result.Errors, StringComparison.Ordinal);
        Assert.Contains("schema", result.Errors, StringComparison.Ordinal);
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData("kafka.sasl.mechanism=PLAIN", "kafka.existingSecret is required")]
    [InlineData("kafka.tls.enabled=true", "kafka.existingSecret is required")]
    [InlineData("kafka.tls.enabled=true,kafka.tls.authorities=image,kafka.tls.mutual=true", "kafka.existingSecret is required")]
    [InlineData("kafka.sasl.mechanism=OAUTHBEARER,kafka.existingSecret=s", "kafka.sasl.oauth.tokenEndpoint is required")]
    [InlineData("autoscaling.hpa.enabled=true,autoscaling.keda.enabled=true", "exclude each other")]
    [InlineData("autoscaling.hpa.enabled=true,config.Kafka.StaticMembership=true", "StaticMembership must not be true")]
    [InlineData("autoscaling.hpa.enabled=true,autoscaling.hpa.minReplicas=9", "at least 9 pods and at most 4")]
    [InlineData(
        "autoscaling.keda.enabled=true,kafka.sasl.mechanism=OAUTHBEARER,kafka.existingSecret=s,"
        + "kafka.sasl.oauth.tokenEndpoint=https://login.example", "can't sign in by OAUTHBEARER")]
    public void Template_ValuesThatDontGoTogether_AreRefusedWithTheReason(string settings, string reason)
    {
        HelmResult result = Helm.Template("--set", settings);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData("1.26.15")]
    [InlineData("1.40.0")]
    public void Template_ClusterOfAnotherAge_IsRefused(string version)
    {
        HelmResult result = Helm.Template("--kube-version", version);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("kubeVersion", result.Errors, StringComparison.Ordinal);
    }

    /// <summary>As clouds number theirs.</summary>
    [TheoryNeeding(Helm.Program)]
    [InlineData("1.27.0-eks-1")]
    [InlineData("v1.39.9+k3s1")]
    public void Template_ClusterInBounds_IsTaken(string version) =>
        Assert.Equal(0, Helm.Template("--kube-version", version).ExitCode);

    [Fact]
    public void Schema_EveryObjectThatNamesItsKeys_RefusesOthers()
    {
        using FileStream file = File.OpenRead(Path.Combine(Helm.Chart, "values.schema.json"));
        using var schema = JsonDocument.Parse(file);

        Assert.Empty(OpenObjects(schema.RootElement, "#"));
    }

    /// <summary>Paths of objects that name keys and take others, too.</summary>
    private static IEnumerable<string> OpenObjects(JsonElement schema, string path) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject()
            .Where(member => member.Name is not ("if" or "then")) // they speak of an object that another names
            .SelectMany(member => OpenObjects(member.Value, $"{path}/{member.Name}"))
            .Concat(IsOpen(schema) ? [path] : []),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany((item, at) => OpenObjects(item, $"{path}/{at}")),
        _ => [],
    };

    private static bool IsOpen(JsonElement schema) =>
        schema.TryGetProperty("properties", out JsonElement named) && named.ValueKind == JsonValueKind.Object
        && !(schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.False);
}
