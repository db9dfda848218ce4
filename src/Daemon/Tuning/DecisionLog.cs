namespace Streaming.Daemon.Tuning;

/// <summary>The last decisions about versions, for those who ask. Thread-safe.</summary>
/// <remarks>Bounded: the oldest goes when there are <see cref="Capacity"/>.</remarks>
internal sealed class DecisionLog
{
    public const int Capacity = 256;

    private readonly Lock gate = new();
    private readonly Queue<TuningDecision> decisions = new(Capacity);

    /// <summary>Adds one.</summary>
    public void Add(TuningDecision decision)
    {
        lock (gate)
        {
            if (decisions.Count == Capacity)
            {
                decisions.Dequeue();
            }

            decisions.Enqueue(decision);
        }
    }

    /// <summary>A copy of all that are kept, newest first.</summary>
    public IReadOnlyList<TuningDecision> Recent()
    {
        lock (gate)
        {
            return [.. decisions.Reverse()];
        }
    }
}
