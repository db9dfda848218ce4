using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>What a series knows of the values that come with its own: the newest of each, in a causal scale.</summary>
/// <remarks>One that a step lacks is held from the step before. Not thread-safe.</remarks>
/// <param name="count">Covariates, C.</param>
internal sealed class Covariates(int count)
{
    private const int ObjectBytes = 24;

    private readonly Track[] tracks = new Track[count];

    /// <summary>Covariates, C.</summary>
    public int Count => tracks.Length;

    /// <summary>Bytes of the tracks.</summary>
    public long Bytes => BytesOf(tracks.Length);

    /// <summary>Takes those of the next step.</summary>
    /// <param name="values">[C], NaN where the step lacks one; or none.</param>
    /// <param name="spanSteps">Memory of the scale, in values.</param>
    /// <param name="scaling">What they are measured from and in.</param>
    public void Take(ReadOnlySpan<double> values, int spanSteps, Scaling scaling)
    {
        for (int c = 0; c < tracks.Length; c++)
        {
            ref Track track = ref tracks[c];
            track.IsHeld = values.IsEmpty || double.IsNaN(values[c]);
            if (!track.IsHeld)
            {
                track.Newest = values[c];
                track.Scaler.Add(values[c], spanSteps, scaling);
            }
        }
    }

    /// <summary>(the newest value − center) / scale; 0 before the first.</summary>
    public double Deviation(int covariate)
    {
        ref readonly Track track = ref tracks[covariate];
        return (track.Newest - track.Scaler.Mean) / track.Scaler.Scale;
    }

    /// <summary>Whether the newest step lacked it.</summary>
    public bool IsHeld(int covariate) => tracks[covariate].IsHeld;

    /// <summary>Forgets all values.</summary>
    public void Clear() => Array.Clear(tracks);

    public void WriteTo(StateWriter writer)
    {
        foreach (ref readonly Track track in tracks.AsSpan())
        {
            track.Scaler.WriteTo(writer);
            writer.Write(track.Newest);
            writer.Write(track.IsHeld);
        }
    }

    public void ReadFrom(ref StateReader reader)
    {
        foreach (ref Track track in tracks.AsSpan())
        {
            track.Scaler.ReadFrom(ref reader);
            track.Newest = reader.Read<double>();
            track.IsHeld = reader.ReadFlag();
        }
    }

    internal static long BytesOf(int count) => ObjectBytes + SeriesMemory.ArrayOf<Track>(count);

    private struct Track
    {
        public Scaler Scaler;
        public double Newest;
        public bool IsHeld;
    }
}
