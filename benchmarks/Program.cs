using Benchmarks.Pipeline;

string name = args.Length > 0 ? args[0] : "";
bool json = args.Contains("--json");
switch (name)
{
    case "pipeline":
        await PipelineBenchmark.RunAsync(json);
        return 0;
    default:
        Console.Error.WriteLine("usage: benchmarks pipeline [--json]");
        return 2;
}
