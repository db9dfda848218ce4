using System.CommandLine;
using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>forecaster doctor: what stands in the way of a deployment, and what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        Option<string?> config = ConfigurationInput.Option();
        JsonOption json = JsonOption.Of<DoctorReport>();
        var command = new Command(
            "doctor",
            """
            Find what stands in the way of a deployment, and say what to do about it.

            Looks at certificates, the schema registry, the brokers at the addresses that they tell clients, topics with
            their replicas and settings, the rights of this user, whether the newest records of the input can be read,
            transactions, and whether one that stays open holds up a topic. Run it where the daemon runs, with its user and configuration; the daemon may run meanwhile. Reads only,
            but for a transactional id of its own ({Application}-doctor), which the brokers forget again.

            No request takes longer than 10 s; open transactions are watched for Kafka:TransactionTimeout and 5 s. Exit code
            2 where there is a problem, 0 with warnings.

            Example: what is wrong here?
              forecaster doctor --config forecaster.json
            """)
        {
            config, json,
        };
        command.SetAction((parsed, stop) => KafkaCommand.RunAsync(
            parsed.GetValue(config),
            (options, token) => Run(options, parsed.GetValue(json), parsed.InvocationConfiguration.Output, token),
            parsed.InvocationConfiguration, stop));
        return command;
    }

    private static int Run(ForecasterOptions options, bool asJson, TextWriter output, CancellationToken stop)
    {
        DoctorReport report =
            new Examination(options, () => DoctorClients.Open(options), TimeProvider.System, Wait).Run(stop);
        if (asJson)
        {
            JsonOption.Write(report, output);
        }
        else
        {
            new DoctorTable(new(output)).Print(report);
        }

        return report.IsHealthy ? ExitCodes.Ok : ExitCodes.Configuration;

        void Wait()
        {
            stop.WaitHandle.WaitOne(Pause);
            stop.ThrowIfCancellationRequested();
        }
    }
}
