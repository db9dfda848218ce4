namespace Streaming.Daemon.Datasets;

/// <summary>How to read a CSV file.</summary>
internal sealed record CsvOptions
{
    public CsvLayout Layout { get; init; } = CsvLayout.Auto;

    /// <summary>Column of the series id in a long file. Default "series".</summary>
    public string SeriesColumn { get; init; } = "series";

    /// <summary>Column of the time in a long or wide file; null for time, timestamp, date, datetime or ds.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Column of the value in a long file. Default "value".</summary>
    public string ValueColumn { get; init; } = "value";

    /// <summary>Columns of long and wide files that hold covariates, C of them. Default none.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>Length of a step, in ticks, for files without times. Default one hour.</summary>
    public long StepTicks { get; init; } = TimeSpan.TicksPerHour;
}
