using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Issued forecasts of one series that wait for their actual value: for each horizon a ring of h.</summary>
/// <remarks>A forecast for t + h is settled when step t + h has arrived, never before: there is no peeking.</remarks>
internal sealed class Ledger
{
    private readonly Entry[][] rings;
    private long step;

    /// <summary>Creates an empty ledger for horizons in steps.</summary>
    public Ledger(ReadOnlySpan<int> horizons)
    {
        rings = new Entry[horizons.Length][];
        for (int k = 0; k < rings.Length; k++)
        {
            rings[k] = new Entry[horizons[k]];
        }
    }

    /// <summary>Bytes of the rings.</summary>
    public long Bytes => SeriesMemory.ArrayOf<nint>(rings.Length)
        + rings.Sum(ring => SeriesMemory.ArrayOf<Entry>(ring.Length));

    /// <summary>The forecast whose target is the step that has just arrived; not issued where there is none.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    public ref Entry Due(int horizon) => ref rings[horizon][step % rings[horizon].Length];

    /// <summary>The forecast that was made at the newest step; meaningless before the first.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    public ref readonly Entry Newest(int horizon) => ref rings[horizon][(step - 1) % rings[horizon].Length];

    /// <summary>Goes on to the next step, after the forecasts of this one have been entered by <see cref="Due"/>.</summary>
    public void Advance() => step++;

    /// <summary>Forgets all forecasts.</summary>
    public void Clear()
    {
        step = 0;
        foreach (Entry[] ring in rings)
        {
            ring.AsSpan().Clear();
        }
    }

    /// <summary>Writes the rings, as they lie.</summary>
    internal void WriteTo(StateWriter writer)
    {
        writer.Write(step);
        foreach (Entry[] ring in rings)
        {
            writer.Write<Entry>(ring);
        }
    }

    internal void ReadFrom(ref StateReader reader)
    {
        step = reader.Read<long>();
        foreach (Entry[] ring in rings)
        {
            reader.Read<Entry>(ring);
        }
    }

    /// <summary>One issued forecast, in the series' unit.</summary>
    internal struct Entry
    {
        public double Persistence;
        public double SeasonalNaive;
        public double Mixture;
        public double Lower;
        public double Upper;

        /// <summary>Scale when it was issued; zero where nothing was.</summary>
        public double Scale;

        public readonly bool IsIssued => Scale > 0;

        /// <summary>Seasonal naive; persistence where no season is known.</summary>
        public readonly double Naive => double.IsNaN(SeasonalNaive) ? Persistence : SeasonalNaive;
    }
}
