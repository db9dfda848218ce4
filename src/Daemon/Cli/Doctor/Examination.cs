using Confluent.Kafka.Admin;
using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Looks at all that a deployment needs; what can't be looked at is said, and the rest goes on.</summary>
/// <remarks>Every request has a time-out, and transactions are watched for a bounded time.</remarks>
/// <param name="options">The deployment.</param>
/// <param name="survey">Asks the brokers.</param>
/// <param name="planner">Compares the topics.</param>
/// <param name="clock">Tells what day it is.</param>
/// <param name="pause">Lets a second pass; throws where it was told to stop.</param>
internal sealed class Examination(
    ForecasterOptions options, IClusterSurvey survey, TopicPlanner planner, TimeProvider clock, Action pause)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    /// <exception cref="OperationCanceledException">Told to stop.</exception>
    public DoctorReport Run(CancellationToken stop)
    {
        List<Symptom> symptoms =
        [
            .. new CertificateCheck(clock).Look(options.Kafka),
            .. RegistryCheck.Look(options.Input.Schema),
        ];
        symptoms.AddRange(OfCluster(stop));
        stop.ThrowIfCancellationRequested();
        return new(options.Application, symptoms);
    }

    private IEnumerable<Symptom> OfCluster(CancellationToken stop)
    {
        var brokers = new BrokerCheck(options.Kafka, new AddressCheck(ConnectPatience));
        IReadOnlyDictionary<string, string?> faults = brokers.Configured(stop);
        if (faults.Values.All(fault => fault is not null))
        {
            return BrokerCheck.Silence(faults, "");
        }

        try
        {
            ClusterView view = survey.View();
            return [.. brokers.Look(view, faults, stop), .. OfTopics(view)];
        }
        catch (KafkaPortException e)
        {
            return BrokerCheck.Silence(faults, e.Message);
        }
    }

    private IEnumerable<Symptom> OfTopics(ClusterView view)
    {
        NeededTopic[] topics = [.. Needed().Select(one => Found(one, view)).OfType<NeededTopic>()];
        return
        [
            .. Trying("topics", "all", () => TopicCheck.Look(planner)),
            .. topics.SelectMany(topic => Trying("settings", topic.Name, () => OfSettings(topic, view))),
            .. view.IsEmbedded ? [] : topics.SelectMany(topic => Trying("rights", topic.Name, () => OfRights(topic))),
            .. view.IsEmbedded ? [] : Groups().SelectMany(group => Trying("rights", group, () => OfGroup(group))),
            .. topics.Where(topic => topic.Role == TopicRole.Input)
                .SelectMany(topic => Trying("clock", topic.Name, () => OfClock(topic))),
            .. new TransactionCheck(options).Look(survey),
            .. Trying("transactions", "open ones", () => OpenOnes(topics)),
        ];
    }

    private IEnumerable<(string Name, TopicRole Role)> Needed()
    {
        TopicNames names = TopicNames.Of(options);
        yield return (names.Input, TopicRole.Input);
        if (names.Repartition is { } repartition)
        {
            yield return (repartition, TopicRole.Repartition);
        }

        yield return (names.Output, TopicRole.Forecasts);
        yield return (names.State, TopicRole.State);
        yield return (names.Models, TopicRole.Models);
        yield return (names.DeadLetters, TopicRole.DeadLetters);
    }

    private static NeededTopic? Found((string Name, TopicRole Role) topic, ClusterView view) =>
        view.Topics.TryGetValue(topic.Name, out IReadOnlyList<PartitionView>? partitions) && partitions.Count > 0
            ? new(topic.Name, topic.Role, partitions)
            : null;

    private IEnumerable<string> Groups() => TopicNames.Of(options).Repartition is { } repartition
        ? [options.Application, repartition]
        : [options.Application];

    private IEnumerable<Symptom> OfSettings(NeededTopic topic, ClusterView view)
    {
        IReadOnlyDictionary<string, string>? settings = view.IsEmbedded ? null : survey.Settings(topic.Name);
        int? leastInSync = int.TryParse(settings?.GetValueOrDefault(TopicSettings.LeastInSync), out int least) ? least : null;
        yield return ReplicaCheck.Look(topic, view.Brokers.Count, leastInSync);
        if (settings is null)
        {
            yield return Symptom.Unknown(
                "settings", topic.Name, view.IsEmbedded ? "the embedded cluster tells none" : "this user may not know them");
            yield break;
        }

        foreach (Symptom symptom in new SettingsCheck(options).Look(topic, settings))
        {
            yield return symptom;
        }
    }

    private IEnumerable<Symptom> OfRights(NeededTopic topic) =>
        [RightsCheck.Look(topic.Name, $"--topic {topic.Name}", topic.Rights, survey.RightsOnTopic(topic.Name))];

    private IEnumerable<Symptom> OfGroup(string group) =>
        [RightsCheck.Look($"group {group}", $"--group {group}", [AclOperation.Read], survey.RightsOnGroup(group))];

    private IEnumerable<Symptom> OfClock(NeededTopic topic) =>
        survey.Newest(topic.Name, topic.Partitions.Count) is { } newest
            ? [ClockCheck.Look(topic.Name, newest, clock.GetUtcNow())]
            : [];

    private IEnumerable<Symptom> OpenOnes(IReadOnlyList<NeededTopic> topics) => new OpenTransactionCheck(
        topic => survey.Ends(topic.Name, topic.Partitions.Count), pause, options.Kafka.TransactionTimeout).Look(topics);

    private static Symptom[] Trying(string check, string place, Func<IEnumerable<Symptom>> look)
    {
        try
        {
            return [.. look()];
        }
        catch (KafkaPortException e)
        {
            return [Symptom.Unknown(check, place, OneLine.Of(e.Message))];
        }
    }
}
