using System.Text.Json;
using System.Text.Json.Serialization;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Benchmarks.Nab;

/// <summary>What alarms are worth on the Numenta Anomaly Benchmark, at the threshold that ships and at others.</summary>
internal static class NabBenchmark
{
    private static readonly double[] Thresholds =
        [0.99, 0.995, 0.998, 0.999, 0.9993, 0.9995, 0.9997, 0.9998, 0.9999, 0.99997, 0.99999];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static int Run(string[] args)
    {
        if (!NabArguments.TryParse(args, out NabArguments? arguments))
        {
            return 2;
        }

        NabFile[] files = NabFile.ReadAll(arguments.Data);
        return arguments.Results is { } results
            ? RunPublished(files, results)
            : RunOurs(files, arguments.IsJson);
    }

    private static int RunOurs(NabFile[] files, bool isJson)
    {
        double shipped = new PipelineOptions().AnomalyThreshold, days = files.Sum(file => file.Days);
        var rows = new List<NabRow>();
        NabFileRow[] ofFiles = [];
        foreach (double threshold in Thresholds.Append(shipped).Distinct().Order())
        {
            var scorer = new NabScorer();
            ForecastBlock.Head[][] heads = [.. files.Select(file => NabReplay.Run(file, threshold))];
            foreach ((NabFile file, ForecastBlock.Head[] said) in files.Zip(heads))
            {
                scorer.Add(file, [.. said.Select(head => head.IsAnomaly ? 1.0 : 0)]);
            }

            NabScore score = scorer.At(1);
            int alarms = heads.Sum(said => said.Count(head => head.IsAnomaly));
            rows.Add(new(
                threshold, Math.Round(score.Normalized, 2), score.Found, score.Windows, score.FalseDetections, alarms,
                Math.Round(alarms / days, 3)));
            ofFiles = threshold == shipped ? [.. files.Zip(heads, NabFileRow.Of)] : ofFiles;
        }

        var result = new NabResult(
            files.Length, rows.MaxBy(row => row.Score)!, rows.Single(row => row.Threshold == shipped), [.. rows], ofFiles);
        Console.WriteLine(isJson ? JsonSerializer.Serialize(result, Json) : NabTable.Text(result));
        return 0;
    }

    /// <summary>Scores what another detector said: shows that the scores are NAB's.</summary>
    private static int RunPublished(NabFile[] files, string folder)
    {
        var scorer = new NabScorer();
        foreach (NabFile file in files)
        {
            scorer.Add(file, NabPublished.Read(folder, file));
        }

        Console.WriteLine(scorer.Best());
        return 0;
    }
}
