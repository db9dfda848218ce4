using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Models;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>Writes nulls in one transaction, under the trainer's id: a trainer that still runs somewhere is
/// fenced.</summary>
/// <param name="options">The deployment.</param>
/// <param name="waiting">Told what is waited for.</param>
/// <param name="stop">Ends the waiting.</param>
internal sealed class NullWriter(ForecasterOptions options, Action<string> waiting, CancellationToken stop)
{
    /// <summary>Time that a million nulls fit in many times over; brokers allow up to 15 minutes by default.</summary>
    private static readonly TimeSpan TransactionTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FullQueuePause = TimeSpan.FromMilliseconds(5);

    /// <exception cref="KafkaPortException">Kafka refuses; nothing is changed, or, where the commit was under way, all.
    /// </exception>
    public void Write(IEnumerable<TopicContent> contents)
    {
        TopicContent[] full = [.. contents.Where(content => content.Keys.Count > 0)];
        if (full.Length == 0)
        {
            return;
        }

        using var port = new KafkaPort(
            options.Kafka with { TransactionTimeout = TransactionTimeout }, GroupMember.Trainer(options),
            NullLogger.Instance, TimeProvider.System, DeliveryMode.ExactlyOnce);
        Patiently(() => port.InitTransactions(CallTimeout));
        port.BeginTransaction();
        foreach (TopicContent content in full)
        {
            Write(port, content);
        }

        Patiently(() => port.CommitTransaction(CallTimeout));
    }

    private void Write(KafkaPort port, TopicContent content)
    {
        ProduceTarget target = port.Target(content.Topic);
        foreach ((int partition, byte[] key) in content.Keys)
        {
            while (!port.TryProduce(target, partition, key, default, headers: null, timestampMs: 0))
            {
                stop.ThrowIfCancellationRequested();
                port.Flush(FullQueuePause);
            }
        }
    }

    private void Patiently(Action call) => ModelsReading.Patiently(call, Wait, waiting);

    private void Wait(TimeSpan pause)
    {
        stop.WaitHandle.WaitOne(pause);
        stop.ThrowIfCancellationRequested();
    }
}
