using System.Globalization;
using System.Text;
using Daemon.Tests.Configuration;

namespace Daemon.Tests.Cli.Training;

/// <summary>Files to train on, and what is trained.</summary>
internal sealed class TrainingFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Options that make a network small and training short.</summary>
    public static readonly string[] Small =
        ["--hidden", "4", "--layers", "1", "--lags", "6", "--horizons", "1,3", "--batch", "2"];

    public string Path => folder.Path;

    public string Of(string name) => System.IO.Path.Combine(folder.Path, name);

    public string Write(string name, string content) => folder.Write(name, content);

    /// <summary>Writes a wide file: hourly, noisy, with a season of a day.</summary>
    public string WriteWide(string name, int series = 3, int rows = 300)
    {
        var random = new Random(5);
        var text = new StringBuilder("time");
        text.AppendJoin("", Enumerable.Range(0, series).Select(n => $",s{n}")).AppendLine();
        for (int t = 0; t < rows; t++)
        {
            text.Append(new DateTime(2024, 1, 1).AddHours(t).ToString("s", CultureInfo.InvariantCulture));
            for (int n = 0; n < series; n++)
            {
                double value = (10 * n) + Math.Sin(t * Math.PI / 12) + random.NextDouble();
                text.Append(CultureInfo.InvariantCulture, $",{value:0.000}");
            }

            text.AppendLine();
        }

        return Write(name, text.ToString());
    }

    /// <summary>Trains a small network.</summary>
    public static Task<CommandRun> Train(params string[] args) => CommandRun.InProcess(["train", .. Small, .. args]);

    /// <summary>Names of all files, sorted.</summary>
    public string[] Files() =>
        [.. new DirectoryInfo(folder.Path).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Dispose();
}
