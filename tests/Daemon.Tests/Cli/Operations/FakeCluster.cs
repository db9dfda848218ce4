using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Operations;

/// <summary>Topics in a table: they can be looked at, and made.</summary>
internal sealed class FakeCluster : IClusterMetadata, IClusterAdmin
{
    /// <summary>Partitions of the topics that are there.</summary>
    public Dictionary<string, int> Topics { get; } = [];

    /// <summary>cleanup.policy of topics that have another one than the brokers may tell.</summary>
    public Dictionary<string, string> Policies { get; } = [];

    /// <summary>What was asked for, "try" or "create" first.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>How often it tells of topics before it tells of those that were made.</summary>
    public int LooksLate { get; set; }

    private readonly Dictionary<string, int> made = [];

    public IReadOnlyDictionary<string, int> PartitionCounts(TimeSpan timeout)
    {
        if (made.Count > 0 && LooksLate-- <= 0)
        {
            foreach ((string topic, int partitions) in made)
            {
                Topics.TryAdd(topic, partitions);
            }
        }

        return new Dictionary<string, int>(Topics);
    }

    public TopicDescription? Describe(string topic, TimeSpan timeout) =>
        Topics.TryGetValue(topic, out int count) ? new(topic, count, null, Policies.GetValueOrDefault(topic)) : null;

    public void CreateTopic(NewTopic topic, int replicationFactor, bool onlyTry)
    {
        string settings = string.Join(' ', topic.Settings.Select(setting => $"{setting.Key}={setting.Value}"));
        Calls.Add($"{(onlyTry ? "try" : "create")} {topic.Name} {topic.Partitions} x{replicationFactor} {settings}");
        if (!onlyTry)
        {
            made[topic.Name] = topic.Partitions;
        }
    }

    public string ClusterId(TimeSpan timeout) => "cluster";

    public void Ask(string topic, TimeSpan timeout) => throw new NotSupportedException("This may create a topic.");

    public IReadOnlyList<string> Members(string group) => [];

    public void DeleteGroup(string group) => throw new NotSupportedException();

    public void DeleteRecords(string topic, IReadOnlyList<PartitionOffset> before) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
