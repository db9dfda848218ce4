using System.Runtime.ExceptionServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Leaves the consumer's group, serving the rebalances that brings.</summary>
/// <remarks>Lane's thread only.</remarks>
internal sealed unsafe class GroupExit(ConsumerClient client, RecordReader reader, RebalanceAnswers answers)
{
    private const int AnswerAgainMs = 1_000;

    private bool closed;

    /// <summary>Leaves the group; a second call does nothing.</summary>
    /// <exception cref="KafkaPortException">The client is fatally broken.</exception>
    public void Close()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        ExceptionDispatchInfo? failure = null;
        try
        {
            // Not later: a group that has ended does not answer.
            if (answers.Listener is not null)
            {
                answers.DropWhatAnotherHeld();
            }
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        (ErrorCode code, string text) = RdError.Take(
            LibRdKafka.rd_kafka_consumer_close_queue(client.Handle, reader.Queue));
        client.Check(code, text);
        AwaitClosed(failure);
    }

    /// <summary>Leaves the group, if Close did not, without a word to the listener.</summary>
    /// <remarks>librdkafka waits for ever on a rebalance that is not answered, also when it is destroyed.</remarks>
    public void CloseSilently()
    {
        answers.Listener = null;
        closed = closed && LibRdKafka.rd_kafka_consumer_closed(client.Handle) != 0;
        try
        {
            Close();
        }
        catch (KafkaPortException)
        {
            // Fatally broken: there is no group to leave, and destroying does not wait then.
        }
    }

    /// <summary>Serves the rebalances of a close until it is done.</summary>
    /// <remarks>
    /// librdkafka takes any answer now as "hold nothing", and drops without a reply one that comes after the group
    /// has ended, on which the call would wait for ever. So a second answer follows only where the first did not do.
    /// </remarks>
    /// <param name="failure">Thrown in the end, unless null; the listener's first one takes its place.</param>
    private void AwaitClosed(ExceptionDispatchInfo? failure)
    {
        var discarded = new RecordBatch(1);
        bool owed = false;
        long answerAtMs = 0;
        while (LibRdKafka.rd_kafka_consumer_closed(client.Handle) == 0)
        {
            discarded.Clear();
            reader.Take(discarded, 1, TimeSpan.FromMilliseconds(10));
            while (client.Rebalances.TryDequeue(out Rebalance? rebalance))
            {
                owed = true;
                try
                {
                    answers.Tell(rebalance);
                }
                catch (Exception exception)
                {
                    failure ??= ExceptionDispatchInfo.Capture(exception);
                }
            }

            if (owed && Environment.TickCount64 >= answerAtMs)
            {
                _ = LibRdKafka.rd_kafka_assign(client.Handle, null);
                owed = false;
                answerAtMs = Environment.TickCount64 + AnswerAgainMs;
            }
        }

        failure?.Throw();
    }
}
