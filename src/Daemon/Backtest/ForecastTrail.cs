using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest;

/// <summary>Forecasts of one series that wait for their values: those of the last steps, to the longest horizon.
/// </summary>
/// <param name="series">Place of the series.</param>
/// <param name="profile">Its grid.</param>
/// <param name="horizons">In steps, ascending, [K].</param>
/// <param name="levels">Quantile levels, Q.</param>
/// <param name="experts">Experts whose forecasts are kept, E; zero: none.</param>
internal sealed class ForecastTrail(int series, SeriesProfile profile, int[] horizons, int levels, int experts)
{
    private readonly int width = 1 + levels + experts;
    private readonly Origin[] origins = new Origin[horizons[^1]];
    private readonly double[] kept = new double[horizons[^1] * horizons.Length * (1 + levels + experts)];
    private long events;

    /// <summary>Tells of the forecasts that a step settles, then keeps those made at it.</summary>
    /// <remarks>A step that fills a gap is made once the gap has ended: its value is none, its forecasts come too late
    /// and are published nowhere.</remarks>
    public void Follow(in IssuedStep issued, ForecastSettled settled)
    {
        if (issued.Step.IsHeld)
        {
            return; // what lies in its slot is too old to be found
        }

        long number = profile.IsEventMode ? ++events : profile.IndexOf(issued.Step.TimeTicks);
        for (int k = 0; k < horizons.Length; k++)
        {
            Settle(k, number, issued.Step, settled);
        }

        int slot = SlotOf(number);
        origins[slot] = new(number, issued.Step.TimeTicks, issued.Head.Steps);
        for (int k = 0; k < horizons.Length; k++)
        {
            Keep(issued, k, kept.AsSpan(((slot * horizons.Length) + k) * width, width));
        }
    }

    private void Settle(int k, long number, in PendingStep step, ForecastSettled settled)
    {
        int slot = SlotOf(number - horizons[k]);
        ref readonly Origin origin = ref origins[slot];
        if (origin.Steps == 0 || origin.Number != number - horizons[k])
        {
            return; // no such step was forecast from
        }

        ReadOnlySpan<double> said = kept.AsSpan(((slot * horizons.Length) + k) * width, width);
        settled(new()
        {
            Series = series,
            Horizon = k,
            OriginTicks = origin.TimeTicks,
            OriginSteps = origin.Steps,
            TargetTicks = step.TimeTicks,
            Actual = step.Value,
            Yhat = said[0],
            Quantiles = said.Slice(1, levels),
            Experts = said[(1 + levels)..],
        });
    }

    private void Keep(in IssuedStep issued, int k, Span<double> room)
    {
        room[0] = issued.Yhat[k];
        for (int q = 0; q < levels; q++)
        {
            room[1 + q] = issued.Quantiles[(q * horizons.Length) + k];
        }

        for (int e = 0; e < experts; e++)
        {
            room[1 + levels + e] = issued.ForecastsOf(e)[k];
        }
    }

    private int SlotOf(long number) => (int)((number + origins.Length) % origins.Length);

    private readonly record struct Origin(long Number, long TimeTicks, long Steps);
}
