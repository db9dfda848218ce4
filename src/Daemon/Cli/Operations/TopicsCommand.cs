using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>forecaster topics: the topics of a deployment, looked at or made.</summary>
internal static class TopicsCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static Command Create() =>
        new("topics", "Look at the topics of a deployment, or make them.") { CreateTopics(), CheckTopics() };

    private static Command CreateTopics()
    {
        Option<string?> config = ConfigurationInput.Option();
        JsonOption json = JsonOption.Of<TopicReport>();
        var dryRun = new Option<bool>("--dry-run", "-n")
        {
            Description = "Show what it would make, and have the brokers say whether they would.",
        };
        Option<int> replicas = Count(
            "--replication-factor", "Replicas of topics that it makes. Default: as the brokers are set.", short.MaxValue);
        Option<int> repartition = Count(
            "--repartition-partitions",
            "Partitions of the repartition topic, for good. Default: as many as the input has.", int.MaxValue);
        var command = new Command(
            "create",
            """
            Make the topics of a deployment that are missing: forecasts and state with as many partitions as the input,
            versions with one, dead letters, and where records are repartitioned the topic for that.

            The input must be there. What exists is never changed: where something is not as it must be, nothing is made,
            and exit code 2 tells of it. To run it again does no harm.

            Example: what would it make?
              forecaster topics create --config forecaster.json --dry-run
            """)
        {
            config, dryRun, replicas, repartition, json,
        };
        command.SetAction((parsed, stop) => KafkaCommand.RunAsync(
            parsed.GetValue(config),
            (options, token) => Make(
                options, new(parsed.GetValue(replicas), parsed.GetValue(repartition), parsed.GetValue(dryRun)),
                parsed.GetValue(json), parsed.InvocationConfiguration.Output, token),
            parsed.InvocationConfiguration, stop));
        return command;
    }

    private static Command CheckTopics()
    {
        Option<string?> config = ConfigurationInput.Option();
        JsonOption json = JsonOption.Of<TopicReport>();
        var command = new Command(
            "check",
            """
            Show which topics a deployment needs, and whether they are there and as they must be. Exit code 2 where not.

            Only reads: what the brokers tell of topics, with the user and the certificates of the configuration.

            Example: may the daemon start?
              forecaster topics check --config forecaster.json
            """)
        {
            config, json,
        };
        command.SetAction((parsed, stop) => KafkaCommand.RunAsync(
            parsed.GetValue(config),
            (options, _) => Check(options, parsed.GetValue(json), parsed.InvocationConfiguration.Output),
            parsed.InvocationConfiguration, stop));
        return command;
    }

    private static int Make(
        ForecasterOptions options, TopicsRequest request, bool asJson, TextWriter output, CancellationToken stop)
    {
        using var metadata = new ClusterMetadata(options.Kafka, NullLogger.Instance);
        if (EmbeddedCluster.IsIdOfOne(metadata.ClusterId(KafkaCommand.Patience)))
        {
            throw new KafkaSetupException("The embedded cluster has nobody to ask for topics: they come into being by use.");
        }

        using var admin = new ClusterAdmin(options.Kafka, NullLogger.Instance, KafkaCommand.Patience);
        var planner = new TopicPlanner(
            metadata, TopicNames.Of(options), request.RepartitionPartitions, KafkaCommand.Patience);
        var maker = new TopicMaker(admin, planner.Plan, request.ReplicationFactor, Wait);
        var report = new TopicReport(options.Application, maker.Make(request.IsDryRun));
        Print(report, asJson, output);
        return report.Fits || (request.IsDryRun && report.CanBeMade) ? ExitCodes.Ok : ExitCodes.Configuration;

        void Wait()
        {
            stop.WaitHandle.WaitOne(Pause);
            stop.ThrowIfCancellationRequested();
        }
    }

    private static int Check(ForecasterOptions options, bool asJson, TextWriter output)
    {
        using var metadata = new ClusterMetadata(options.Kafka, NullLogger.Instance);
        var planner = new TopicPlanner(metadata, TopicNames.Of(options), repartitionPartitions: 0, KafkaCommand.Patience);
        var report = new TopicReport(options.Application, planner.Plan());
        Print(report, asJson, output);
        return report.Fits ? ExitCodes.Ok : ExitCodes.Configuration;
    }

    private static void Print(TopicReport report, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            JsonOption.Write(report, output);
        }
        else
        {
            new TopicTable(new(output)).Print(report);
        }
    }

    private static Option<int> Count(string name, string description, int largest)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, out int number) || number < 1 || number > largest))
            {
                result.AddError($"{name} takes a number from 1 to {largest}.");
            }
        });
        return option;
    }

    private sealed record TopicsRequest(int ReplicationFactor, int RepartitionPartitions, bool IsDryRun);
}
