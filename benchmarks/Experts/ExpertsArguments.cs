using System.Diagnostics.CodeAnalysis;
using Streaming.Daemon.Backtest;
using Streaming.Inference.Experts;

namespace Benchmarks.Experts;

/// <summary>Arguments of the benchmark of experts.</summary>
/// <param name="Data">Folder of the data files.</param>
/// <param name="File">The one to take, as NAME:PROTOCOL or M4; null: all.</param>
/// <param name="Profile">Which experts.</param>
/// <param name="Network">The LSTM: fine-tuned, frozen or none.</param>
/// <param name="Ablates">Whether mixtures without each expert are measured.</param>
/// <param name="IsJson">Whether to print JSON.</param>
internal sealed record ExpertsArguments(
    string Data, string? File, ExpertProfile Profile, NetworkChoice Network, bool Ablates, bool IsJson)
{
    private const string Usage =
        "Usage: benchmarks experts --data DIR [--file NAME:PROTOCOL|M4] [--profile scale|balanced|accuracy] "
        + "[--network tuned|frozen|none] [--ablate] [--json]";

    private static readonly string[] WithValue = ["--data", "--file", "--profile", "--network"];
    private static readonly string[] Alone = ["--ablate", "--json"];

    /// <summary>Parses; prints the usage where that fails.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out ExpertsArguments? arguments)
    {
        var given = new Dictionary<string, string>();
        for (int i = 0; i < args.Length; i++)
        {
            bool takesValue = WithValue.Contains(args[i]) && i + 1 < args.Length;
            given[args[i]] = takesValue ? args[++i] : "";
        }

        bool isProfile = Enum.TryParse(
            given.GetValueOrDefault("--profile", "accuracy"), ignoreCase: true, out ExpertProfile profile);
        bool isNetwork = Enum.TryParse(
            given.GetValueOrDefault("--network", "tuned"), ignoreCase: true, out NetworkChoice network);
        bool isKnown = given.Keys.All(key => WithValue.Contains(key) || Alone.Contains(key));
        arguments = isKnown && isProfile && isNetwork && given.TryGetValue("--data", out string? data)
            ? new(
                data, given.GetValueOrDefault("--file"), profile, network,
                given.ContainsKey("--ablate"), given.ContainsKey("--json"))
            : null;
        if (arguments is null)
        {
            Console.Error.WriteLine(Usage);
        }

        return arguments is not null;
    }

    /// <summary>Whether a file is to be measured.</summary>
    public bool Takes(string file) => File is null || File == file;
}
