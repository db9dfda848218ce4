using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Daemon.Tests.Cli.Operations;
using Streaming.Daemon.Cli.Doctor;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Doctor;

/// <summary>A deployment that is well, and every way in which it is not.</summary>
public sealed class ExaminationTests : IDisposable
{
    private const string Event = "{\"series\":\"a\",\"time\":\"2026-01-01T00:00:00Z\",\"value\":1}";

    private readonly FakeSurvey survey = new();
    private readonly FakeCluster topics = new()
    {
        Topics = { ["events"] = 2, ["forecasts"] = 2, ["app-state"] = 2, ["app-models"] = 1, ["app-dead-letters"] = 1 },
    };

    private ForecasterOptions options;
    private int pauses;

    public ExaminationTests()
    {
        options = new() { Application = "app", Kafka = new() { BootstrapServers = survey.BootstrapServers } };
        foreach ((string topic, int partitions) in topics.Topics)
        {
            survey.Topics[topic] = [.. Enumerable.Range(0, partitions).Select(one => new PartitionView(one, true, 1, 1))];
        }
    }

    public void Dispose()
    {
        topics.Dispose();
        survey.Dispose();
    }

    [Fact]
    public void Run_NothingIsWrong_LooksAtEverythingAndIsHealthy()
    {
        DoctorReport report = Examine();

        Assert.True(report.IsHealthy);
        Assert.All(report.Symptoms, symptom => Assert.Equal((Verdict.Ok, null), (symptom.Verdict, symptom.Todo)));
        Assert.Equal(
            ["brokers", "replicas", "rights", "topics", "transactions"],
            report.Symptoms.Select(symptom => symptom.Check).Distinct().Order());
    }

    [Fact]
    public void Run_NobodyListens_SaysSoOfEachAddressAndLooksNoFurther()
    {
        options = options with { Kafka = new() { BootstrapServers = "127.0.0.1:1, 127.0.0.1:2" } };

        DoctorReport report = Examine();

        Assert.Equal(
            [("127.0.0.1:1", "nobody listens there"), ("127.0.0.1:2", "nobody listens there")],
            report.Symptoms.Select(symptom => (symptom.Place, symptom.Found)));
        Assert.False(report.IsHealthy);
    }

    [Fact]
    public void Run_AListenerThatIsNoBroker_PointsToTlsAndSasl()
    {
        survey.Silence = "SSL handshake failed";

        Symptom symptom = Assert.Single(Examine().Symptoms);

        Assert.Equal(Verdict.Problem, symptom.Verdict);
        Assert.Contains("SSL handshake failed", symptom.Found, StringComparison.Ordinal);
        Assert.Contains("security.protocol", symptom.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ABrokerTellsClientsAWrongAddress_NamesAdvertisedListeners()
    {
        survey.Brokers = [new(7, "127.0.0.1", 1)];

        Symptom symptom = Only(Verdict.Problem);

        Assert.Equal(("brokers", "127.0.0.1:1"), (symptom.Check, symptom.Place));
        Assert.Contains("broker 7", symptom.Found, StringComparison.Ordinal);
        Assert.Contains("advertised.listeners", symptom.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneOfTheConfiguredAddressesIsGone_Warns()
    {
        options = options with { Kafka = new() { BootstrapServers = $"127.0.0.1:1,{survey.BootstrapServers}" } };

        Assert.Equal("127.0.0.1:1", Only(Verdict.Warning).Place);
    }

    [Fact]
    public void Run_ATopicIsMissing_SaysHowToMakeIt()
    {
        topics.Topics.Remove("app-state");
        survey.Topics.Remove("app-state");

        Symptom symptom = Only(Verdict.Problem);

        Assert.Equal(("topics", "app-state"), (symptom.Check, symptom.Place));
        Assert.Contains("forecaster topics create", symptom.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forecasts", 5, "", "Create 'forecasts' with 2 partitions")]
    [InlineData("app-state", 2, "delete", "cleanup.policy to compact")]
    [InlineData("events", 2, "compact", "cleanup.policy to delete")]
    public void Run_ATopicDiffers_SaysWhatToDo(string topic, int partitions, string policy, string expected)
    {
        topics.Topics[topic] = partitions;
        if (policy.Length > 0)
        {
            topics.Policies[topic] = policy;
        }

        Symptom symptom = Only(Verdict.Problem);

        Assert.Equal(("topics", topic), (symptom.Check, symptom.Place));
        Assert.Contains(expected, symptom.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events", "retention.ms", "30000", nameof(Verdict.Problem), "State:CheckpointInterval")]
    [InlineData("events", "retention.ms", "3600000", nameof(Verdict.Warning), "01:00:00")]
    [InlineData("app-state", "max.message.bytes", "65536", nameof(Verdict.Problem), "65536")]
    public void Run_SettingsThatDoNotDo_AreNamed(
        string topic, string name, string value, string verdict, string expected)
    {
        survey.SettingsOf[topic] = new() { [name] = value };

        Symptom symptom = Only(Enum.Parse<Verdict>(verdict));

        Assert.Equal(("settings", topic), (symptom.Check, symptom.Place));
        Assert.Contains(expected, symptom.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RetentionIsShorterThanTheHistoryAskedFor_Warns()
    {
        options = options with { Input = new() { Start = "14.00:00:00" } };
        survey.SettingsOf["events"] = new() { ["retention.ms"] = "604800000" };

        Assert.Contains("Input:Start 14.00:00:00", Only(Verdict.Warning).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TheRepartitionTopicDeletesByTime_Warns()
    {
        options = options with { Input = new() { Repartition = RepartitionMode.On } };
        topics.Topics["app-repartition"] = 2;
        survey.Topics["app-repartition"] = survey.Topics["events"];
        survey.SettingsOf["app-repartition"] = new() { ["retention.ms"] = "604800000" };

        Assert.Equal("app-repartition", Only(Verdict.Warning).Place);
    }

    [Theory]
    [InlineData(3, 3, 3, true, nameof(Verdict.Warning), "as many")]
    [InlineData(3, 2, 2, true, nameof(Verdict.Warning), "not all replicas are in sync")]
    [InlineData(3, 1, 2, true, nameof(Verdict.Problem), "fewer replicas are in sync")]
    [InlineData(1, 1, 2, true, nameof(Verdict.Problem), "min.insync.replicas is 2")]
    [InlineData(3, 3, 2, false, nameof(Verdict.Problem), "no broker leads partition(s) 0")]
    public void Run_ReplicasThatDoNotDo_AreNamed(
        int replicas, int inSync, int least, bool hasLeader, string verdict, string expected)
    {
        survey.Topics["app-models"] = [new(0, hasLeader, replicas, inSync)];
        survey.SettingsOf["app-models"] = new() { ["min.insync.replicas"] = $"{least}" };

        Symptom symptom = Only(Enum.Parse<Verdict>(verdict));

        Assert.Equal(("replicas", "app-models"), (symptom.Check, symptom.Place));
        Assert.Contains(expected, symptom.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app-state", "write", "--operation Write --topic app-state")]
    [InlineData("app", "read", "--operation Read --group app")]
    public void Run_ARightIsMissing_SaysHowToGiveIt(string name, string missing, string expected)
    {
        survey.RightsOf[name] = new HashSet<AclOperation>
        {
            missing == "write" ? AclOperation.Read : AclOperation.Write, AclOperation.Describe,
        };

        Symptom symptom = Only(Verdict.Problem);

        Assert.Equal($"this user may not {missing}", symptom.Found);
        Assert.EndsWith(expected, symptom.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingIsToldOfRightsAndSettings_IsUnknownAndNoProblem()
    {
        survey.RightsOf["events"] = null;
        survey.SettingsOf["events"] = null;

        DoctorReport report = Examine();

        Assert.True(report.IsHealthy);
        Assert.Equal(2, report.Count(Verdict.Unknown));
    }

    [Theory]
    [InlineData(ErrorCode.TransactionalIdAuthorizationFailed, "--transactional-id app- --resource-pattern-type prefixed")]
    [InlineData(ErrorCode.InvalidTransactionTimeout, "transaction.max.timeout.ms")]
    [InlineData(ErrorCode.Local_TimedOut, "transaction.state.log.replication.factor")]
    public void Run_NoTransactions_SaysWhy(ErrorCode refusal, string expected)
    {
        survey.Transactions = refusal;

        Assert.Contains(expected, Only(Verdict.Problem).Todo, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AtLeastOnce_AsksForNoTransactions()
    {
        options = options with { State = new() { Delivery = DeliveryMode.AtLeastOnce } };
        survey.Transactions = ErrorCode.TransactionalIdAuthorizationFailed;

        Assert.True(Examine().IsHealthy);
    }

    /// <summary>The offset stands for as long as no transaction of ours may: longer by five looks.</summary>
    [Fact]
    public void Run_ATransactionStaysOpen_IsNamedWithItsOffset()
    {
        survey.EndsOf["events"] = new([new LogEnds(0, 17, 40)]);

        Symptom symptom = Only(Verdict.Problem);

        Assert.Equal(("transactions", "events-0"), (symptom.Check, symptom.Place));
        Assert.Contains("offset 17, for 20 s at least; 23 record(s)", symptom.Found, StringComparison.Ordinal);
        Assert.Contains("--topic events --partition 0 --start-offset 17", symptom.Todo, StringComparison.Ordinal);
        Assert.Equal(20, pauses);
    }

    /// <summary>Lanes at work have a transaction open at each look, but another one.</summary>
    [Fact]
    public void Run_TransactionsComeAndGo_IsHealthyAtOnce()
    {
        survey.EndsOf["app-state"] = new([new LogEnds(0, 17, 40), new LogEnds(0, 40, 60)]);

        Assert.True(Examine().IsHealthy);
        Assert.Equal(1, pauses);
    }

    [Fact]
    public void Run_ATransactionInATopicThatIsOnlyWritten_IsNotWaitedFor()
    {
        survey.EndsOf["forecasts"] = new([new LogEnds(0, 17, 40)]);

        Assert.True(Examine().IsHealthy);
        Assert.Equal(0, pauses);
    }

    [Theory]
    [InlineData(-3_600, false)]
    [InlineData(30, false)]
    [InlineData(3_600, true)]
    public void Run_TheNewestRecordIsDated_WarnsWhereThatIsAhead(int seconds, bool warns)
    {
        survey.NewestRecords.Add((Event, DateTimeOffset.UtcNow.AddSeconds(seconds)));

        DoctorReport report = Examine();

        Assert.Equal(warns ? 1 : 0, report.Count(Verdict.Warning));
        Assert.Contains(report.Symptoms, one => one.Found == "1 of 1 newest record(s) can be read, such as one of series 'a'");
    }

    [Theory]
    [InlineData("no event", null, nameof(Verdict.Problem), "not-json")]
    [InlineData("{\"time\":\"2026-01-01T00:00:00Z\",\"value\":1}", Event, nameof(Verdict.Warning), "missing-series")]
    public void Run_NewestRecordsThatWouldBeRefused_AreNamedWithTheReason(
        string first, string? second, string verdict, string reason)
    {
        survey.NewestRecords.Add((first, DateTimeOffset.UtcNow));
        if (second is not null)
        {
            survey.NewestRecords.Add((second, DateTimeOffset.UtcNow));
        }

        Symptom symptom = Only(Enum.Parse<Verdict>(verdict));

        Assert.Equal(("records", "events-0@0"), (symptom.Check, symptom.Place));
        Assert.Contains(reason, symptom.Found, StringComparison.Ordinal);
        Assert.Contains("forecaster decode", symptom.Todo, StringComparison.Ordinal);
    }

    private Symptom Only(Verdict verdict)
    {
        DoctorReport report = Examine();

        Symptom symptom = Assert.Single(report.Symptoms, symptom => symptom.Verdict != Verdict.Ok);
        Assert.Equal(verdict, symptom.Verdict);
        Assert.NotNull(symptom.Todo);
        Assert.Equal(verdict != Verdict.Problem, report.IsHealthy);
        return symptom;
    }

    private DoctorReport Examine() => new Examination(
        options, () => new(survey, topics), TimeProvider.System, () => pauses++).Run(CancellationToken.None);
}
