using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether the brokers answer, at the addresses that are configured and at those that they tell.</summary>
/// <param name="options">Where they are said to be.</param>
/// <param name="addresses">Tries addresses.</param>
internal sealed class BrokerCheck(KafkaOptions options, AddressCheck addresses)
{
    private const string Name = "brokers";

    /// <summary>What is wrong with each configured address; null where it takes connections.</summary>
    public IReadOnlyDictionary<string, string?> Configured(CancellationToken stop) => addresses.Look(
        options.BootstrapServers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), stop);

    /// <summary>Why no broker answered: one symptom for each address.</summary>
    /// <param name="faults">What is wrong with each.</param>
    /// <param name="reason">What the client said.</param>
    public static IEnumerable<Symptom> Silence(IReadOnlyDictionary<string, string?> faults, string reason) =>
        faults.Select(fault => fault.Value is null
            ? new Symptom(
                Verdict.Problem, Name, fault.Key,
                $"takes connections, but does not answer as Kafka does: {OneLine.Of(reason)}",
                "See whether it listens with TLS or SASL: Kafka:Client:security.protocol and what belongs to it must say the "
                + "same; and whether user, password and certificates are right.")
            : Unreachable(Verdict.Problem, fault.Key, fault.Value));

    /// <summary>There is no client to ask with.</summary>
    /// <param name="reason">What librdkafka refuses.</param>
    public static Symptom NoClient(string reason) => new(
        Verdict.Problem, Name, "Kafka:Client", OneLine.Of($"no client can be made of it: {reason}"),
        "Correct what is named there, or mount the file that it leads to.");

    /// <summary>Whether all brokers can be reached where they tell clients to go.</summary>
    /// <param name="view">The brokers.</param>
    /// <param name="configured">What is wrong with each configured address: one of them answered.</param>
    /// <param name="stop">Ends it.</param>
    public IEnumerable<Symptom> Look(
        ClusterView view, IReadOnlyDictionary<string, string?> configured, CancellationToken stop)
    {
        IReadOnlyDictionary<string, string?> faults = addresses.Look(view.Brokers.Select(Address), stop);
        yield return new(
            Verdict.Ok, Name, options.BootstrapServers,
            FormattableString.Invariant($"cluster {view.Id} with {view.Brokers.Count} broker(s)"));
        foreach ((string address, string? fault) in configured)
        {
            if (fault is not null)
            {
                yield return Unreachable(Verdict.Warning, address, fault);
            }
        }

        foreach (BrokerView broker in view.Brokers)
        {
            if (faults[Address(broker)] is { } fault)
            {
                yield return new(
                    Verdict.Problem, Name, Address(broker),
                    FormattableString.Invariant($"broker {broker.Id} tells clients to come there, and {fault}"),
                    "Correct the broker's advertised.listeners, or let this machine know that name and through to it.");
            }
        }
    }

    private static Symptom Unreachable(Verdict verdict, string address, string fault) => new(
        verdict, Name, address, fault,
        "Start the broker, correct Kafka:BootstrapServers, or let this machine through to it.");

    private static string Address(BrokerView broker) => broker.Host.Contains(':', StringComparison.Ordinal)
        ? FormattableString.Invariant($"[{broker.Host}]:{broker.Port}")
        : FormattableString.Invariant($"{broker.Host}:{broker.Port}");
}
