namespace Streaming.Daemon.Pipeline;

/// <summary>A partition that a lane has been given, on the way to its task; it delivers nothing meanwhile, the others
/// do.</summary>
/// <param name="partition">The partition.</param>
/// <param name="before">The task that this lane has dropped; null: it comes from elsewhere.</param>
internal abstract class Opening<TTask>(int partition, TTask? before) : IDisposable
    where TTask : class, IPartitionTask
{
    public int Partition => partition;

    protected TTask? Before => before;

    /// <summary>Goes on as far as it gets without waiting long.</summary>
    /// <returns>The task, once it can begin.</returns>
    /// <exception cref="Kafka.KafkaPortException">The brokers refuse, or don't answer (retriable).</exception>
    public abstract TTask? TryFinish();

    /// <summary>The partition has its task, or has gone.</summary>
    public virtual void Dispose()
    {
    }
}
