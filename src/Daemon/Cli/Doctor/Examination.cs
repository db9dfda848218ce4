using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Looks at all that a deployment needs; what can't be looked at is said, and the rest goes on.</summary>
/// <remarks>Every request has a time-out, and transactions are watched for a bounded time.</remarks>
/// <param name="options">The deployment.</param>
/// <param name="open">Opens the clients; throws where the configuration is none for a client.</param>
/// <param name="clock">Tells what day it is.</param>
/// <param name="pause">Lets a second pass; throws where it was told to stop.</param>
internal sealed class Examination(
    ForecasterOptions options, Func<DoctorClients> open, TimeProvider clock, Action pause)
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
        symptoms.AddRange(OfBrokers(stop));
        stop.ThrowIfCancellationRequested();
        return new(options.Application, symptoms);
    }

    private IEnumerable<Symptom> OfBrokers(CancellationToken stop)
    {
        var brokers = new BrokerCheck(options.Kafka, new AddressCheck(ConnectPatience));
        IReadOnlyDictionary<string, string?> faults = brokers.Configured(stop);
        if (faults.Values.All(fault => fault is not null))
        {
            return BrokerCheck.Silence(faults, "");
        }

        DoctorClients clients;
        try
        {
            clients = open();
        }
        catch (KafkaPortException e)
        {
            return [BrokerCheck.NoClient(e.Message)];
        }

        using (clients)
        {
            return OfBrokers(brokers, clients, faults, stop);
        }
    }

    private IEnumerable<Symptom> OfBrokers(
        BrokerCheck brokers, DoctorClients clients, IReadOnlyDictionary<string, string?> faults, CancellationToken stop)
    {
        ClusterView view;
        try
        {
            view = clients.Survey.View();
        }
        catch (KafkaPortException e)
        {
            return BrokerCheck.Silence(faults, e.Message);
        }

        return
        [
            .. brokers.Look(view, faults, stop),
            .. new ClusterExamination(options, clients, view, clock, pause).Look(),
        ];
    }
}
