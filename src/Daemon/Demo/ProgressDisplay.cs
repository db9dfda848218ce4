using Spectre.Console;

namespace Streaming.Daemon.Demo;

/// <summary>Shows how the demo stands while it runs: a live table on a terminal, a line now and then
/// elsewhere.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(5);

    /// <summary>Shows until cancelled; ends without throwing, the last state shown.</summary>
    /// <param name="console">Where to show.</param>
    /// <param name="look">How things stand; may be called from any thread.</param>
    /// <param name="ended">Ends the display.</param>
    public static Task ShowAsync(IAnsiConsole console, Func<DemoSnapshot> look, CancellationToken ended) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Interactive
            ? ShowLiveAsync(console, look, ended)
            : ShowLinesAsync(console, look, ended);

    private static async Task ShowLiveAsync(IAnsiConsole console, Func<DemoSnapshot> look, CancellationToken ended) =>
        await console.Live(ProgressTable.Of(look())).StartAsync(async view =>
        {
            bool more = true;
            while (more)
            {
                more = await PauseAsync(LivePeriod, ended).ConfigureAwait(false);
                view.UpdateTarget(ProgressTable.Of(look()));
            }
        }).ConfigureAwait(false);

    private static async Task ShowLinesAsync(IAnsiConsole console, Func<DemoSnapshot> look, CancellationToken ended)
    {
        bool more = true;
        while (more)
        {
            more = await PauseAsync(LinePeriod, ended).ConfigureAwait(false);
            console.Profile.Out.Writer.WriteLine(ProgressLine.Of(look()));
        }
    }

    /// <summary>Whether the pause passed without the end coming.</summary>
    private static async Task<bool> PauseAsync(TimeSpan pause, CancellationToken ended)
    {
        await Task.Delay(pause, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }
}
