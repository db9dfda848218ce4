namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>The last closed steps of one series, and the weights of its experts at the newest. The lane's.</summary>
internal sealed class HistoryRing
{
    /// <summary>Steps kept.</summary>
    public const int Steps = 336;

    /// <summary>Experts whose weights there is room for; no profile has more.</summary>
    private const int MostExperts = 32;

    /// <summary>Bytes of a ring: 56 a step, and the weights.</summary>
    public const long Bytes = (Steps * 56L) + (MostExperts * sizeof(float)) + 160;

    private readonly HistoryPoint[] points = new HistoryPoint[Steps];
    private readonly float[] weights = new float[MostExperts];
    private int experts;
    private int head;

    /// <summary>Steps in it.</summary>
    public int Count { get; private set; }

    /// <summary>When it was last asked for, as a number that only grows; 0: never.</summary>
    public long Looked { get; set; }

    /// <summary>Weights of the experts at the newest step, means over horizons, [E]; none before one.</summary>
    public ReadOnlySpan<float> Weights => weights.AsSpan(0, experts);

    /// <summary>The steps, oldest first.</summary>
    public HistoryPoint this[int at] => points[(head - Count + at + Steps) % Steps];

    /// <summary>Adds a step; when full the oldest goes.</summary>
    /// <param name="point">The step.</param>
    /// <param name="said">Weights of the series' experts, [E].</param>
    public void Add(in HistoryPoint point, ReadOnlySpan<float> said)
    {
        points[head] = point;
        head = head + 1 == Steps ? 0 : head + 1;
        Count = Math.Min(Count + 1, Steps);
        experts = Math.Min(said.Length, MostExperts);
        said[..experts].CopyTo(weights);
    }

    /// <summary>Makes it another series'.</summary>
    public void Clear() => (head, Count, experts, Looked) = (0, 0, 0, 0);
}
