namespace Streaming.Inference.Experts;

/// <summary>The methods whose forecasts are mixed, and their places in arrays.</summary>
internal static class Expert
{
    /// <summary>The last value.</summary>
    public const int Persistence = 0;

    /// <summary>The value one season before the target.</summary>
    public const int SeasonalNaive = 1;

    /// <summary>Anchor plus the network's deviation.</summary>
    public const int Network = 2;

    /// <summary>How many there are, E.</summary>
    public const int Count = 3;
}
