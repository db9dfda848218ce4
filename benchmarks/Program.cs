using Benchmarks.Checkpoint;
using Benchmarks.Decode;
using Benchmarks.Experts;
using Benchmarks.Face;
using Benchmarks.Learn;
using Benchmarks.Nab;
using Benchmarks.Pipeline;
using Benchmarks.Profiles;
using Benchmarks.Step;
using Benchmarks.Train;

// dotnet run -c Release --project benchmarks -- NAME [--json]
string[] rest = args.Length > 1 ? args[1..] : [];
switch (args.FirstOrDefault())
{
    case "step":
        return StepBenchmark.Run(rest);
    case "train":
        return TrainBenchmark.Run(rest);
    case "decode":
        return DecodeBenchmark.Run(rest);
    case "learn":
        return LearnBenchmark.Run(rest);
    case "experts":
        return ExpertsBenchmark.Run(rest);
    case "coldstart":
        return ColdStartBenchmark.Run(rest);
    case "nab":
        return NabBenchmark.Run(rest);
    case "profiles":
        return ProfilesBenchmark.Run(rest);
    case "regimes":
        return RegimesBenchmark.Run(rest);
    case "pipeline":
        return await PipelineBenchmark.RunAsync(rest);
    case "checkpoint":
        return await CheckpointBenchmark.RunAsync(rest);
    case "face":
        return await FaceBenchmark.RunAsync(rest);
    default:
        Console.Error.WriteLine("Usage: benchmarks step|profiles|train|decode|learn|coldstart|regimes|experts|nab|pipeline|checkpoint|face [--json]");
        return 2;
}
