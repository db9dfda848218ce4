namespace Streaming.Training.Samples;

/// <summary>Pseudo-random order of series: a function of series, seed and epoch, not of the order of arrival.</summary>
internal static class SeededOrder
{
    /// <summary>A key to sort by, different for different series. Source: SplitMix64, Steele et al. 2014.</summary>
    public static ulong KeyOf(ulong series, int seed, int epoch) =>
        Mix(series ^ Mix(((ulong)(uint)seed << 32) | (uint)epoch));

    private static ulong Mix(ulong z)
    {
        z += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
