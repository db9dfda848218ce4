using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Datasets;

namespace Streaming.Daemon.Demo;

/// <summary>How files of the user's own are read and cut into steps.</summary>
internal sealed record OwnDataOptions
{
    /// <summary>Length of a step. Default unset: the most frequent spacing in each file; an hour where a series is a line
    /// without times.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "366.00:00:00")]
    public TimeSpan? Step { get; init; }

    /// <summary>Season, 0 for none. Default unset: a day where that makes two steps or more, and fits.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan? Season { get; init; }

    /// <summary>How files lay out their series. Default auto: by the header.</summary>
    public CsvLayout Layout { get; init; } = CsvLayout.Auto;

    /// <summary>Column of the series id in a long file. Default "series".</summary>
    public string SeriesColumn { get; init; } = "series";

    /// <summary>Column of the time. Default unset: time, timestamp, date, datetime or ds.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Column of the value in a long file. Default "value".</summary>
    public string ValueColumn { get; init; } = "value";

    /// <summary>Values that mean "missing". Default none.</summary>
    public IReadOnlyList<double> Sentinels { get; init; } = [];

    /// <summary>How to read a CSV file.</summary>
    public CsvOptions ToCsv() => new()
    {
        Layout = Layout,
        SeriesColumn = SeriesColumn,
        TimeColumn = TimeColumn,
        ValueColumn = ValueColumn,
        StepTicks = (Step ?? TimeSpan.FromHours(1)).Ticks,
    };
}
