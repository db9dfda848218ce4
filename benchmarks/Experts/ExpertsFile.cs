namespace Benchmarks.Experts;

/// <summary>A data file under a protocol: which rows set the unit of errors, and from which on forecasts are scored.
/// </summary>
/// <param name="Name">File name without extension, or M4.</param>
/// <param name="Protocol">A: 60/10/30% of the file. F: ETT 4/1/15 months of 30 days, others 20/5/75%.</param>
/// <param name="StepTicks">Length of a step.</param>
/// <param name="SeasonSteps">Season; zero where none is known.</param>
internal sealed record ExpertsFile(string Name, string Protocol, long StepTicks, int SeasonSteps)
{
    private const int Hour = 24;
    private const int Quarter = 96;

    /// <summary>The files of the table.</summary>
    public static readonly ExpertsFile[] All =
    [
        new("ETTh1", "A", TimeSpan.TicksPerHour, Hour),
        new("ETTm1", "A", TimeSpan.TicksPerHour / 4, Quarter),
        new("ETTm1", "F", TimeSpan.TicksPerHour / 4, Quarter),
        new("WTH", "F", TimeSpan.TicksPerHour, Hour),
        new("exchange_rate", "F", TimeSpan.TicksPerDay, 0),
        new("autoregressive", "A", TimeSpan.TicksPerHour, Hour) { IsGroup = false },
    ];

    /// <summary>Whether its series are one group of related ones.</summary>
    public bool IsGroup { get; init; } = true;

    private bool IsInMonths => Protocol == "F" && Name.StartsWith("ETT", StringComparison.Ordinal);

    private int Month => (int)(30 * TimeSpan.TicksPerDay / StepTicks);

    /// <summary>Rows that are used.</summary>
    public int Rows(int rows) => IsInMonths ? 20 * Month : rows;

    /// <summary>First row past those that set the unit of errors.</summary>
    public int TrainEnd(int rows) => IsInMonths ? 4 * Month : Share(rows, Protocol == "A" ? 60 : 20);

    /// <summary>First row that is scored.</summary>
    public int OnlineStart(int rows) => IsInMonths ? 5 * Month : Share(rows, Protocol == "A" ? 70 : 25);

    private static int Share(int rows, int percent) => (int)((long)rows * percent / 100);
}
