using System.Runtime.CompilerServices;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>Which surprises come at which time of the season: a job that runs every night is none.</summary>
/// <remarks>
/// The season has 24 parts. Each keeps a mean of its largest surprise, which rises within two or three seasons and falls
/// within ten; a surprise up to twice what that part or one beside it is used to is no more than what happens once in 50
/// steps. Whatever happens at a time at which nothing does is judged as before.
/// </remarks>
internal struct UsualTimes
{
    private const int Parts = 24;
    private const float RiseShare = 0.3f;
    private const float FallShare = 0.1f;
    private const double MostExcess = 20;
    private const double Tolerance = 2;

    private Season usual;
    private int part;
    private float largest;

    /// <summary>Lowers a surprise that is usual at its time, then learns it.</summary>
    /// <param name="surprise">The surprise.</param>
    /// <param name="timeOfSeason">Share of the season that has passed, in [0, 1); NaN: none is known.</param>
    /// <returns>The surprise that is left.</returns>
    public double Temper(double surprise, double timeOfSeason)
    {
        if (double.IsNaN(timeOfSeason))
        {
            return surprise;
        }

        Enter((int)(timeOfSeason * Parts));
        float known = Math.Max(usual[part], Math.Max(usual[(part + 1) % Parts], usual[(part + Parts - 1) % Parts]));
        double excess = surprise - Surprise.Edge;
        largest = Math.Max(largest, (float)Math.Min(excess, MostExcess));
        return excess > Tolerance * known ? surprise : Math.Min(surprise, Surprise.Edge);
    }

    private void Enter(int now)
    {
        if (now != part)
        {
            usual[part] += (largest - usual[part]) * (largest > usual[part] ? RiseShare : FallShare);
            (part, largest) = (now, 0);
        }
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(usual);
        writer.Write(part);
        writer.Write(largest);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        usual = reader.Read<Season>();
        part = reader.ReadCount(Parts - 1);
        largest = reader.Read<float>();
    }

    [InlineArray(Parts)]
    private struct Season
    {
        private float first;
    }
}
