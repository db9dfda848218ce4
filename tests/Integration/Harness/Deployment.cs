using System.Globalization;

namespace Integration.Harness;

/// <summary>Topics, consumer group and settings of the daemons of one test.</summary>
/// <remarks>Five-minute steps, half an hour for the taxi; a series closes its own steps only; no training.</remarks>
internal sealed class Deployment
{
    public const int Partitions = 4;

    private readonly TestCluster cluster;
    private int started;

    private Deployment(TestCluster cluster, string application, string input, int partitions)
    {
        (this.cluster, Application, Input, PartitionCount) = (cluster, application, input, partitions);
        (Output, DeadLetters) = ($"{application}-forecasts", $"{application}-dead-letters");
    }

    public TestCluster Cluster => cluster;

    /// <summary>Partitions of its topics, but the models topic.</summary>
    public int PartitionCount { get; }

    public string Application { get; }

    public string Input { get; }

    public string Output { get; }

    public string DeadLetters { get; }

    public string State => $"{Application}-state";

    public string Models => $"{Application}-models";

    /// <summary>Further environment variables of daemons that are started from here on.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>A deployment with topics of its own, or with the input of another, or with nothing but an input.</summary>
    public static async Task<Deployment> CreateAsync(
        TestCluster cluster, Deployment? sameInput = null, int partitions = Partitions, bool withInputAlone = false)
    {
        string application = $"test-{Guid.NewGuid():N}";
        partitions = sameInput?.PartitionCount ?? partitions;
        var deployment = new Deployment(cluster, application, sameInput?.Input ?? $"{application}-events", partitions);
        if (sameInput is null)
        {
            await cluster.CreateTopicAsync(deployment.Input, partitions);
        }

        if (withInputAlone)
        {
            cluster.DeleteLater(
                deployment.Output, deployment.DeadLetters, $"{application}-repartition", deployment.State, deployment.Models);
            return deployment;
        }

        await cluster.CreateTopicAsync(deployment.Output, partitions);
        await cluster.CreateTopicAsync(deployment.DeadLetters, partitions);
        await cluster.CreateTopicAsync($"{application}-repartition", partitions);
        await cluster.CreateTopicAsync(deployment.State, partitions, isCompacted: true);
        await cluster.CreateTopicAsync(deployment.Models, 1, isCompacted: true);
        return deployment;
    }

    /// <summary>Delivers at least once where the cluster is embedded.</summary>
    public void DeliverAtLeastOnceIfEmbedded()
    {
        if (TestCluster.IsEmbedded)
        {
            Variables["FORECASTER__State__Delivery"] = "at-least-once";
        }
    }

    /// <summary>Starts a daemon of this deployment.</summary>
    /// <param name="settings">Further settings, as "Section:Key".</param>
    public DaemonProcess Start(params (string Key, string Value)[] settings) =>
        DaemonProcess.Start(VariablesOf(settings));

    /// <summary>Runs another command of the executable under the same settings.</summary>
    /// <param name="command">Command and arguments.</param>
    /// <param name="settings">Further settings, as "Section:Key".</param>
    public Task<CommandResult> RunAsync(string[] command, params (string Key, string Value)[] settings) =>
        CommandResult.RunAsync(VariablesOf(settings), command);

    private Dictionary<string, string> VariablesOf(IEnumerable<(string Key, string Value)> settings)
    {
        var variables = new Dictionary<string, string>(Variables);
        foreach ((string key, string value) in Settings().Concat(settings))
        {
            variables[$"FORECASTER__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        return variables;
    }

    private IEnumerable<(string Key, string Value)> Settings()
    {
        yield return ("Application", Application);
        yield return ("Kafka:BootstrapServers", cluster.BootstrapServers);
        yield return ("Kafka:InstanceId", string.Create(CultureInfo.InvariantCulture, $"daemon-{++started}"));
        yield return ("Kafka:StaticMembership", "false");
        yield return ("Kafka:SessionTimeout", "00:00:06");
        if (TestCluster.IsEmbedded)
        {
            yield return ("Kafka:GroupProtocol", "consumer");
            yield return ("Kafka:Consumer:fetch.wait.max.ms", "10");
        }

        yield return ("Input:Topic", Input);
        yield return ("Output:Topic", Output);
        yield return ("Output:DeadLetterTopic", DeadLetters);
        yield return ("Series:Step", "00:05:00");
        yield return ("Series:MaxSkew", "36500.00:00:00");
        yield return ("Rules:0:Select", $"{NabSeries.Taxi}*");
        yield return ("Rules:0:Step", "00:30:00");
        yield return ("Training:Mode", "off");
        yield return ("Pipeline:Lanes", "1");
        yield return ("Pipeline:CommitInterval", "00:00:00.100");
        yield return ("Http:Address", "127.0.0.1");
        yield return ("Http:Port", "0");
    }
}
