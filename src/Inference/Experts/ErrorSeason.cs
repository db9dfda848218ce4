using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>How large errors are at each place of the season, in units of what they are on the whole: nights may be calm
/// and mornings not.</summary>
/// <remarks>A season has at most 96 places. Remembers about twenty seasons. Constant time a step. Not thread-safe.
/// </remarks>
/// <param name="seasonSteps">Season in steps; zero where none is known: then all times are alike.</param>
internal sealed class ErrorSeason(int seasonSteps)
{
    private const int MostPlaces = 96;
    private const int Memory = 20;
    private const int PriorSeasons = 2;
    private const double LeastSize = 0.05;
    private const int ObjectBytes = 48;

    private readonly float[] sizes = Ones(seasonSteps);
    private long steps;
    private double sum; // of the step under way
    private int count;

    /// <summary>Bytes of it and its array.</summary>
    public static long BytesOf(int seasonSteps) => ObjectBytes + SeriesMemory.ArrayOf<float>(PlacesOf(seasonSteps));

    /// <summary>Square root of how large errors are at a step: the season counts for half.</summary>
    /// <param name="step">Its number, as the series counts.</param>
    public double RootAt(long step) =>
        seasonSteps == 0 ? 1 : Math.Sqrt(Math.Max(sizes[PlaceOf(step)], LeastSize));

    /// <summary>Notes how large an error at the step under way was.</summary>
    /// <param name="size">In units of what errors of its horizon are on the whole; bounded.</param>
    public void Add(double size)
    {
        sum += size;
        count++;
    }

    /// <summary>Learns from the errors that were noted.</summary>
    /// <param name="step">The step they were made for.</param>
    public void EndStep(long step)
    {
        if (count == 0 || seasonSteps == 0)
        {
            return;
        }

        ref float size = ref sizes[PlaceOf(step)];
        long seasons = Math.Min((steps++ / seasonSteps) + 1, Memory) + PriorSeasons;
        size += (float)(((sum / count) - size) / seasons);
        (sum, count) = (0, 0);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        sizes.AsSpan().Fill(1);
        (steps, sum, count) = (0, 0, 0);
    }

    private static float[] Ones(int seasonSteps)
    {
        var ones = new float[PlacesOf(seasonSteps)];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static int PlacesOf(int seasonSteps) => Math.Min(seasonSteps, MostPlaces);

    private int PlaceOf(long step) => (int)(step % seasonSteps * sizes.Length / seasonSteps);

    internal void WriteTo(StateWriter writer)
    {
        writer.Write(steps);
        writer.Write<float>(sizes);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        steps = reader.Read<long>();
        reader.Read<float>(sizes);
    }
}
