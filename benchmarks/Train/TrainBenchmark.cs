using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Benchmarks.Step;
using Streaming.Inference.Kernels;

namespace Benchmarks.Train;

/// <summary>Time of one update against the cores' limit: forward, loss, backward, clip, Adam; 32 series by 32.</summary>
internal static class TrainBenchmark
{
    private const int PeakLoops = 20_000;

    private static readonly int[] HiddenSizes = [16, 32, 64, 128];
    private static readonly int[] Threads = [1, 2];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static int Run(string[] args)
    {
        bool isJson = args.Contains("--json");
        if (args.Any(argument => argument != "--json"))
        {
            Console.Error.WriteLine("Usage: benchmarks train [--json]");
            return 2;
        }

        WarmUp();
        TrainResult[] results = [.. HiddenSizes.SelectMany(Measure)];
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, Json));
            return 0;
        }

        Console.WriteLine($"Vectors: {VectorForms.Best}.");
        Console.WriteLine("   H  threads  ms a batch  of peak");
        foreach (TrainResult result in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Hidden,4} {result.Threads,8} {result.MsPerBatch,11:F3} {result.PeakShare,8:P1}"));
        }

        return 0;
    }

    /// <summary>Runs until the calls around the kernels have been compiled for speed, in the background.</summary>
    private static void WarmUp()
    {
        using var batch = new TrainBatch(HiddenSizes[0], threads: 1);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2);)
        {
            batch.Run();
        }
    }

    /// <summary>All numbers of threads and the limit of one core, in turn.</summary>
    private static IEnumerable<TrainResult> Measure(int hidden)
    {
        TrainBatch[] batches = [.. Threads.Select(threads => new TrainBatch(hidden, threads))];
        Action[] competitors = [.. batches.Select<TrainBatch, Action>(batch => batch.Run), Peak];
        double[] ns = Interleaved.Medians(competitors);
        double peak = FmaPeak.Operations(PeakLoops) / ns[^1];
        foreach (TrainBatch batch in batches)
        {
            batch.Dispose();
        }

        return Threads.Select((threads, n) => new TrainResult(
            hidden,
            threads,
            Math.Round(ns[n] / 1e6, 3),
            Math.Round(TrainBatch.Operations(hidden) / ns[n] / (threads * peak), 3)));
    }

    private static void Peak() => FmaPeak.Run(PeakLoops);
}
