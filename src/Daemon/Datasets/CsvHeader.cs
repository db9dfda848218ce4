namespace Streaming.Daemon.Datasets;

/// <summary>Where a file keeps what, by its header.</summary>
internal sealed class CsvHeader
{
    private static readonly string[] TimeNames = ["time", "timestamp", "date", "datetime", "ds"];

    private static readonly long FirstTicks = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks; // a Monday

    private readonly CsvLayout layout;
    private readonly string[] names;
    private readonly CsvOptions options;
    private readonly int time;
    private readonly int series;
    private readonly int value;
    private readonly int[] covariates;

    private CsvHeader(CsvLayout layout, string[] names, CsvOptions options, int time, int series, int value)
    {
        this.layout = layout;
        this.names = names;
        this.options = options;
        this.time = time;
        this.series = series;
        this.value = value;
        covariates = layout == CsvLayout.Rows ? [] : [.. options.Covariates.Select(name => Find(names, name))];
    }

    /// <summary>Understands a header.</summary>
    /// <exception cref="InvalidDataException">It lacks a column that the layout needs.</exception>
    public static CsvHeader Of(string path, string[] header, CsvOptions options)
    {
        int series = Find(header, options.SeriesColumn), value = Find(header, options.ValueColumn);
        int time = options.TimeColumn is { } name ? Find(header, name)
            : TimeNames.Select(candidate => Find(header, candidate)).FirstOrDefault(at => at >= 0, -1);
        CsvLayout layout = options.Layout != CsvLayout.Auto ? options.Layout
            : series >= 0 && time >= 0 && value >= 0 ? CsvLayout.Long
            : time >= 0 || options.TimeColumn is not null ? CsvLayout.Wide
            : CsvLayout.Rows;
        string? lacking = layout == CsvLayout.Rows ? null
            : time < 0 ? options.TimeColumn ?? string.Join(" or ", TimeNames)
            : layout == CsvLayout.Wide ? null
            : series < 0 ? options.SeriesColumn
            : value < 0 ? options.ValueColumn
            : null;
        lacking ??= layout == CsvLayout.Rows ? null : options.Covariates.FirstOrDefault(name => Find(header, name) < 0);
        if (lacking is not null)
        {
            string found = string.Join(", ", header.Take(10));
            throw new InvalidDataException(
                $"{path}, line 1: a {layout} file needs a column named {lacking}, found {found}.");
        }

        (string? twice, int columns) = header.CountBy(name => name).FirstOrDefault(named => named.Value > 1);
        if (layout == CsvLayout.Wide && twice is not null)
        {
            throw new InvalidDataException(
                $"{path}, line 1: {columns} columns are named '{twice}'; each series needs a name of its own.");
        }

        string[] names = [.. header];
        if (layout == CsvLayout.Wide && names.Length == 2)
        {
            names[1 - time] = Path.GetFileNameWithoutExtension(path);
        }

        return new(layout, names, options, time, series, value);
    }

    /// <summary>Reads one line of the file.</summary>
    public void ReadLine(in CsvLine line, SeriesCollector collector)
    {
        if (layout == CsvLayout.Rows)
        {
            ReadRow(line, collector);
            return;
        }

        line.Require(names.Length);
        long ticks = line.Time(time);
        CsvLine here = line;
        double[] with = Array.ConvertAll(covariates, field => Number(here, field));
        if (layout == CsvLayout.Long)
        {
            collector.Add(line.Fields[series], ticks, Number(line, value), with);
            return;
        }

        for (int field = 0; field < names.Length; field++)
        {
            if (field != time && !covariates.Contains(field))
            {
                collector.Add(names[field], ticks, Number(line, field), with);
            }
        }
    }

    private void ReadRow(in CsvLine line, SeriesCollector collector)
    {
        int end = line.Fields.Length;
        while (end > 1 && double.IsNaN(Number(line, end - 1)))
        {
            end--; // shorter series are padded at the end
        }

        if (collector.Has(line.Fields[0]))
        {
            throw line.Error($"the series '{line.Fields[0]}' has a line above; each needs an id of its own");
        }

        for (int field = 1; field < end; field++)
        {
            collector.Add(line.Fields[0], FirstTicks + ((field - 1) * options.StepTicks), Number(line, field), []);
        }
    }

    /// <summary>A field as a number. Where it is none, the layout that was found may be another than the file's: the error
    /// says what it was taken for, and how to say otherwise.</summary>
    private double Number(in CsvLine line, int field)
    {
        try
        {
            return line.Number(field);
        }
        catch (InvalidDataException e) when (options.Layout == CsvLayout.Auto && layout != CsvLayout.Long)
        {
            string taken = layout == CsvLayout.Rows
                ? $"Without a column named {string.Join(", ", TimeNames)} the file is taken to have a series a line"
                : "The file is taken to have a series a column";
            throw new InvalidDataException(
                $"{e.Message} {taken}; --time-column, --series-column and --value-column name columns of lines that are one "
                + "value each.",
                e);
        }
    }

    private static int Find(string[] header, string name) =>
        Array.FindIndex(header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
}
