namespace Simulation;

/// <summary>Random numbers of a seed: SplitMix64 (Steele, Lea and Flood 2014), cheap to seed again.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong state = seed;

    public void Reset(ulong seed) => state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    /// <summary>A number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number of a range, both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>True so many times in a thousand.</summary>
    public bool PerMille(int times) => Below(1_000) < times;

    /// <summary>Scatters the bits of a number.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
