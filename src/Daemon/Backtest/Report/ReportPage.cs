using System.Text.Json;

namespace Streaming.Daemon.Backtest.Report;

/// <summary>The page: one file that needs no other, with the data of all files in it.</summary>
internal static class ReportPage
{
    private const string Template = "backtest.html";
    private const string Place = "\"DATA\"";

    // Its default encoder escapes what could end a script.
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    public static string Of(IReadOnlyList<FileReport> files)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(Template)
            ?? throw new InvalidOperationException($"The program lacks its resource {Template}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace(Place, JsonSerializer.Serialize(files, json), StringComparison.Ordinal);
    }
}
