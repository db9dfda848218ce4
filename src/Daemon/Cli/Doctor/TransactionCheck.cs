using Confluent.Kafka;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether the brokers let this user have transactions, as State:Delivery exactly-once takes.</summary>
/// <param name="options">The deployment.</param>
internal sealed class TransactionCheck(ForecasterOptions options)
{
    private const string Name = "transactions";

    /// <summary>One symptom; none where no transactions are used.</summary>
    public IEnumerable<Symptom> Look(IClusterSurvey survey)
    {
        if (options.State.Delivery != DeliveryMode.ExactlyOnce)
        {
            yield break;
        }

        KafkaPortException? refusal = null;
        try
        {
            survey.StartTransactions();
        }
        catch (KafkaPortException e)
        {
            refusal = e;
        }

        string place = $"transactional ids {options.Application}-*";
        yield return refusal is null
            ? new(Verdict.Ok, Name, place, "the brokers give them")
            : new(Verdict.Problem, Name, place, OneLine.Of(refusal.Message), Todo(refusal));
    }

    private string Todo(KafkaPortException refusal) => refusal.Code switch
    {
        ErrorCode.TransactionalIdAuthorizationFailed =>
            "Allow it: kafka-acls.sh --add --allow-principal User:NAME --operation Write --operation Describe "
            + $"--transactional-id {options.Application}- --resource-pattern-type prefixed",
        ErrorCode.ClusterAuthorizationFailed =>
            "Allow it: kafka-acls.sh --add --allow-principal User:NAME --operation IdempotentWrite --cluster",
        ErrorCode.InvalidTransactionTimeout =>
            "Lower Kafka:TransactionTimeout to the brokers' transaction.max.timeout.ms, or raise that.",
        _ => "See whether as many brokers run as transaction.state.log.replication.factor and .min.isr ask for (3 and 2 by "
            + "default); brokers without transactions take State:Delivery at-least-once.",
    };
}
