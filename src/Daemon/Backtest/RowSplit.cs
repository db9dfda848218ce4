namespace Streaming.Daemon.Backtest;

/// <summary>The rows of a file under a protocol, by their numbers.</summary>
/// <param name="TrainEnd">First row past those that set the unit of scores and train the network.</param>
/// <param name="OnlineStart">First row that is scored; the forecasts made at the row before are the first.</param>
/// <param name="End">Row after the last that is used.</param>
internal readonly record struct RowSplit(int TrainEnd, int OnlineStart, int End)
{
    private const int MonthDays = 30;

    /// <summary>Splits a file.</summary>
    /// <param name="protocol">How.</param>
    /// <param name="file">Its name: ETT files are split by months under F.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="stepTicks">What lies between two of them.</param>
    public static RowSplit Of(BacktestProtocol protocol, string file, int rows, long stepTicks)
    {
        bool isInMonths = protocol == BacktestProtocol.F
            && Path.GetFileName(file).StartsWith("ETT", StringComparison.OrdinalIgnoreCase);
        int month = isInMonths ? (int)(MonthDays * TimeSpan.TicksPerDay / stepTicks) : 0;
        return (protocol, isInMonths) switch
        {
            (_, true) => new(4 * month, 5 * month, Math.Min(20 * month, rows)),
            (BacktestProtocol.A, _) => new(Share(rows, 60), Share(rows, 70), rows),
            (BacktestProtocol.F, _) => new(Share(rows, 20), Share(rows, 25), rows),
            _ => new(rows, Math.Min(1, rows), rows),
        };
    }

    private static int Share(int rows, int percent) => (int)((long)rows * percent / 100);
}
