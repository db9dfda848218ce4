using System.Globalization;
using Confluent.Kafka.Admin;
using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Looks at what a deployment needs of brokers that answer: topics, rights, transactions.</summary>
/// <param name="options">The deployment.</param>
/// <param name="clients">Ask the brokers.</param>
/// <param name="view">What they have told.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="pause">Lets a second pass; throws where it was told to stop.</param>
internal sealed class ClusterExamination(
    ForecasterOptions options, DoctorClients clients, ClusterView view, TimeProvider clock, Action pause)
{
    private readonly TopicNames names = TopicNames.Of(options);
    private readonly IClusterSurvey survey = clients.Survey;

    public IEnumerable<Symptom> Look()
    {
        NeededTopic[] topics = [.. Needed().Select(Found).OfType<NeededTopic>()];
        var planner = new TopicPlanner(clients.Metadata, names, repartitionPartitions: 0, DoctorClients.Patience);
        return
        [
            .. Trying("topics", "all", () => TopicCheck.Look(planner)),
            .. topics.SelectMany(topic => Trying("settings", topic.Name, () => OfSettings(topic))),
            .. view.IsEmbedded ? [] : topics.SelectMany(topic => Trying("rights", topic.Name, () => OfRights(topic))),
            .. view.IsEmbedded ? [] : Groups().SelectMany(group => Trying("rights", group, () => OfGroup(group))),
            .. topics.Where(topic => topic.Role == TopicRole.Input)
                .SelectMany(topic => Trying("records", topic.Name, () => OfRecords(topic))),
            .. new TransactionCheck(options).Look(survey),
            .. Trying("transactions", "open ones", () => OpenOnes(topics)),
        ];
    }

    private IEnumerable<(string Name, TopicRole Role)> Needed()
    {
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

    private NeededTopic? Found((string Name, TopicRole Role) topic) =>
        view.Topics.TryGetValue(topic.Name, out IReadOnlyList<PartitionView>? partitions) && partitions.Count > 0
            ? new(topic.Name, topic.Role, partitions)
            : null;

    private IEnumerable<string> Groups() =>
        names.Repartition is { } repartition ? [options.Application, repartition] : [options.Application];

    private IEnumerable<Symptom> OfSettings(NeededTopic topic)
    {
        IReadOnlyDictionary<string, string>? settings = view.IsEmbedded ? null : survey.Settings(topic.Name);
        bool isTold = int.TryParse(
            settings?.GetValueOrDefault(TopicSettings.LeastInSync), NumberStyles.None, CultureInfo.InvariantCulture,
            out int least);
        yield return ReplicaCheck.Look(topic, view.Brokers.Count, isTold ? least : null);
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

    private IEnumerable<Symptom> OfRecords(NeededTopic topic)
    {
        var check = new RecordCheck(topic.Name, options.Input);
        survey.ReadNewest(topic.Name, topic.Partitions.Count, check.Take);
        return check.NewestMs is { } newestMs
            ?
            [
                .. check.Symptoms(),
                ClockCheck.Look(topic.Name, DateTimeOffset.FromUnixTimeMilliseconds(newestMs), clock.GetUtcNow()),
            ]
            : check.Symptoms();
    }

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
