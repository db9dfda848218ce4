using System.Globalization;
using Streaming.Training.Preparation;
using Sylvan.Data.Csv;

namespace Streaming.Daemon.Datasets;

/// <summary>Reader of series in CSV files: a line an observation, a column a series or a line a series.</summary>
/// <remarks>
/// Quoted by RFC 4180, UTF-8, with a header. An empty field, NA, NaN or null is a missing value. Observations of a
/// series are sorted by time. A wide file with one series names it after the file, several name it after their column.
/// </remarks>
internal static class CsvFile
{
    private const int FirstBuffer = 1 << 16;
    private const int LargestLine = 1 << 24;

    /// <summary>Reads all series of a file, in the order in which they first appear.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file, line, what was expected and
    /// what was found.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IReadOnlyList<RawSeries> Read(string path, CsvOptions options)
    {
        using var text = new StreamReader(path);
        var collector = new SeriesCollector(path);
        try
        {
            using var reader = CsvDataReader.Create(text, Format());
            ReadLines(path, reader, options, collector);
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"{path}, line {e.RowNumber}: not CSV: {e.Message}", e);
        }

        return collector.ToSeries();
    }

    private static CsvDataReaderOptions Format() => new()
    {
        HasHeaders = false,
        Culture = CultureInfo.InvariantCulture,
        BufferSize = FirstBuffer,
        MaxBufferSize = LargestLine,
    };

    private static void ReadLines(string path, CsvDataReader reader, CsvOptions options, SeriesCollector collector)
    {
        CsvHeader? header = null;
        while (reader.Read())
        {
            string[] fields = [.. Enumerable.Range(0, reader.RowFieldCount).Select(i => reader.GetString(i).Trim())];
            if (header is null)
            {
                header = CsvHeader.Of(path, fields, options);
            }
            else
            {
                header.ReadLine(new CsvLine(path, reader.RowNumber, fields), collector);
            }
        }
    }
}
