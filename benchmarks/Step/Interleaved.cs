using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Benchmarks.Step;

/// <summary>
/// Times competitors in turn, so that a busy moment of the machine hits all of them; reports medians.
/// </summary>
internal static class Interleaved
{
    private const int Rounds = 41;
    private const double SampleNs = 300_000;

    /// <returns>Per competitor, the median time of one call in ns.</returns>
    public static double[] Medians(params Action[] competitors)
    {
        int[] calls = [.. competitors.Select(Calls)];
        var samples = new double[competitors.Length][];
        for (int i = 0; i < competitors.Length; i++)
        {
            samples[i] = new double[Rounds];
        }

        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < competitors.Length; i++)
            {
                samples[i][round] = Time(competitors[i], calls[i]);
            }
        }

        return [.. samples.Select(Median)];
    }

    /// <summary>Warms up and finds how many calls fill a sample.</summary>
    private static int Calls(Action competitor)
    {
        Time(competitor, 30);
        return Math.Max(1, (int)(SampleNs / Time(competitor, 10)));
    }

    /// <remarks>Compiled at once: in its first form the loop would cost a short step as much as the step.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Time(Action competitor, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            competitor();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static double Median(double[] samples)
    {
        Array.Sort(samples);
        return samples[samples.Length / 2];
    }
}
