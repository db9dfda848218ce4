using Streaming.Daemon.Cli;

namespace Streaming.Daemon.Demo;

/// <summary>Options of demo that say how files of the user's own are read.</summary>
internal static class OwnDataSettings
{
    private static readonly CommandSetting[] ofData =
    [
        Of(
            nameof(OwnDataOptions.Step), "SPAN",
            "Length of a step, 00:05:00 for five minutes; none: the most frequent spacing in each file, an hour where a "
            + "series is a line without times."),
        Of(
            nameof(OwnDataOptions.Season), "SPAN",
            "Season, 1.00:00:00 for a day, 0 for none; none named: a day where that fits."),
        Of(nameof(OwnDataOptions.Layout), "auto|long|wide|rows", "How files lay out series; auto: by the header."),
        Of(nameof(OwnDataOptions.SeriesColumn), "NAME", "Column of the series id in a long file."),
        Of(nameof(OwnDataOptions.TimeColumn), "NAME", "Column of the time; none: time, timestamp, date, …"),
        Of(nameof(OwnDataOptions.ValueColumn), "NAME", "Column of the value in a long file."),
        Of(nameof(OwnDataOptions.Sentinels), "X", "A value that means missing, such as -9999; may be repeated."),
    ];

    public static CommandSettings<OwnDataOptions> Create() => new([], ofData);

    private static CommandSetting Of(string property, string sample, string description) =>
        CommandSetting.Of<OwnDataOptions>(property, sample, description);
}
