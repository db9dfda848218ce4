namespace Streaming.Daemon.Demo;

/// <summary>The bundled folder of streams: <c>**/*.csv</c> and <c>combined_windows.json</c>.</summary>
internal static class DemoData
{
    /// <summary>Where the build copies the bundled streams.</summary>
    public static string BundledFolder => Path.Combine(AppContext.BaseDirectory, "nab");

    /// <summary>Reads every stream below a folder, in the order of series ids.</summary>
    /// <exception cref="InvalidDataException">No stream, two of one id, or a bad line; names file and line.</exception>
    /// <exception cref="IOException">A file or the folder can't be read.</exception>
    public static IReadOnlyList<DemoStream> Read(string folder)
    {
        IReadOnlyDictionary<string, IReadOnlyList<LabelledWindow>> labels =
            LabelFile.Read(Path.Combine(folder, "combined_windows.json"));
        var streams = new SortedDictionary<string, DemoStream>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories))
        {
            string series = Path.GetFileNameWithoutExtension(path);
            var stream = new DemoStream(series, StreamFile.Read(path), labels.GetValueOrDefault(series, []));
            if (!streams.TryAdd(series, stream))
            {
                throw new InvalidDataException($"{path}: a second stream named '{series}'.");
            }
        }

        return streams.Count > 0
            ? [.. streams.Values]
            : throw new InvalidDataException($"{folder}: no stream (*.csv) in it.");
    }
}
