using System.Globalization;
using System.Text.Json;

namespace Streaming.Daemon.Demo;

/// <summary>Reader of NAB's <c>combined_windows.json</c>: file → labelled windows, [from, to] each, in UTC.</summary>
internal static class LabelFile
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFF";

    /// <summary>Reads the windows of every file named in it, by series id (file name without extension).</summary>
    /// <exception cref="InvalidDataException">Not that form; names the file, the entry and the fault.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<LabelledWindow>> Read(string path)
    {
        Dictionary<string, string[]?[]?>? entries;
        try
        {
            entries = JsonSerializer.Deserialize<Dictionary<string, string[]?[]?>>(File.ReadAllText(path));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}, line {(fault.LineNumber ?? 0) + 1}: {fault.Message}", fault);
        }

        var labels = new Dictionary<string, IReadOnlyList<LabelledWindow>>(StringComparer.Ordinal);
        foreach ((string file, string[]?[]? windows) in entries ?? [])
        {
            labels[Path.GetFileNameWithoutExtension(file)] = windows is not null
                ? [.. windows.Select(window => Parse(window, path, file))]
                : throw new InvalidDataException($"{path}, entry '{file}': expected a list of windows, found null.");
        }

        return labels;
    }

    private static LabelledWindow Parse(string[]? window, string path, string file)
    {
        if (window is [string from, string to] && TryTime(from, out DateTime start) && TryTime(to, out DateTime end)
            && start <= end)
        {
            return new(start, end);
        }

        throw new InvalidDataException(
            $"{path}, entry '{file}': expected a window [from, to] of times as {TimeFormat}, "
            + $"found [{string.Join(", ", window ?? [])}].");
    }

    private static bool TryTime(string text, out DateTime time) => DateTime.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
