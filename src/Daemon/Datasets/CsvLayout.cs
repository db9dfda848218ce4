namespace Streaming.Daemon.Datasets;

/// <summary>How a CSV file lays out its series.</summary>
internal enum CsvLayout
{
    /// <summary>By the header: long where it has series, time and value, wide where it has a time or one was named,
    /// else rows.</summary>
    Auto,

    /// <summary>A line an observation: series, time, value.</summary>
    Long,

    /// <summary>A line a moment: time, then a column a series.</summary>
    Wide,

    /// <summary>A line a series: its id, then its values, one step apart, without times (the M4 files).</summary>
    Rows,
}
