using Streaming.Daemon.Backtest;

namespace Streaming.Daemon.Cli.Backtest;

/// <summary>Options of backtest that are settings.</summary>
internal static class BacktestSettings
{
    private static readonly CommandSetting[] ofConfiguration =
    [
        new("--profile", "Series:Profile", "scale|balanced|accuracy", "What a series may cost. Without: as configured."),
        new("--step", "Series:Step", "SPAN", "Length of a step, 00:05:00 for five minutes. Without: as configured, or "
            + "the most frequent spacing in each file; an hour where a series is a line without times."),
        new("--season", "Series:Season", "SPAN", "Season, 1.00:00:00 for a day, 0 for none. Without: as configured, or "
            + "a day where that fits."),
    ];

    private static readonly CommandSetting[] ofBacktest =
    [
        Of(
            nameof(BacktestOptions.Protocol), "A|F|prequential",
            "Rows that are scored. A: the last 30%, after 60% to train and 10% to validate; F: of ETT files months 6 to "
            + "20, else the last 75%, after 20 and 5%; prequential: all, from first sight."),
        Of(nameof(BacktestOptions.Horizons), "1,6,24", "Horizons to report, in steps; scores are of steps 1 to each."),
        Of(
            nameof(BacktestOptions.Scores), "mse,mae,mase,pinball,winkler,coverage", "Columns of the table."),
        Of(
            nameof(BacktestOptions.Network), "tuned|frozen|served|none",
            "The LSTM. tuned: trained on the rows before the scored ones, fine-tuned every season; frozen: trained only; "
            + "served: --model, or what the daemon starts with. Without: tuned for A and F, else served."),
        Of(
            nameof(BacktestOptions.Group), "columns|none",
            "Whether columns of a wide file are forecast from one another, too (profile accuracy), as the daemon does with "
            + "Groups; none: each alone."),
        Of(nameof(BacktestOptions.Layout), "auto|long|wide|rows", "How files lay out series; auto: by the header."),
        Of(nameof(BacktestOptions.SeriesColumn), "NAME", "Column of the series id in a long file."),
        Of(nameof(BacktestOptions.TimeColumn), "NAME", "Column of the time; none: time, timestamp, date, …"),
        Of(nameof(BacktestOptions.ValueColumn), "NAME", "Column of the value in a long file."),
        Of(nameof(BacktestOptions.Sentinels), "X", "A value that means missing, such as -9999; may be repeated."),
    ];

    public static CommandSettings<BacktestOptions> Create() => new(ofConfiguration, ofBacktest);

    private static CommandSetting Of(string property, string sample, string description) =>
        CommandSetting.Of<BacktestOptions>(property, sample, description);
}
