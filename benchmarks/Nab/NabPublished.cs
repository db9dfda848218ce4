using System.Globalization;

namespace Benchmarks.Nab;

/// <summary>Reader of a detector's rows as NAB publishes them: DETECTOR_FILE.csv, with a column anomaly_score.</summary>
internal static class NabPublished
{
    /// <summary>Scores of all rows of a file.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or it has other rows.</exception>
    public static double[] Read(string folder, NabFile file)
    {
        string[] paths = Directory.GetFiles(folder, $"*_{file.Name}.csv", SearchOption.AllDirectories);
        if (paths.Length != 1)
        {
            throw new InvalidDataException($"{folder}: {paths.Length} files *_{file.Name}.csv, expected 1.");
        }

        string[] lines = File.ReadAllLines(paths[0]);
        int column = Array.IndexOf(lines[0].Split(','), "anomaly_score");
        double[] scores =
        [
            .. lines.Skip(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture)),
        ];
        return scores.Length == file.Times.Length
            ? scores
            : throw new InvalidDataException($"{paths[0]}: {scores.Length} rows, expected {file.Times.Length}.");
    }
}
