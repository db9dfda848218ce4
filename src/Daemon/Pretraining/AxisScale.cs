using System.Globalization;

namespace Streaming.Daemon.Pretraining;

/// <summary>An axis whose ticks are 1, 2 or 5 times a power of ten apart.</summary>
/// <param name="Low">Least value shown, a tick.</param>
/// <param name="High">Largest value shown, a tick.</param>
/// <param name="Step">From tick to tick.</param>
internal sealed record AxisScale(double Low, double High, double Step)
{
    /// <summary>The axis that has these values on it.</summary>
    /// <param name="least">Least value, finite.</param>
    /// <param name="most">Largest value, finite.</param>
    /// <param name="ticks">Steps wanted, about.</param>
    /// <param name="leastStep">The ticks are at least that far apart: 1 for counts.</param>
    public static AxisScale Over(double least, double most, int ticks, double leastStep = 0)
    {
        double range = most > least ? most - least : Math.Max(Math.Abs(most), 1) * 0.1;
        double raw = Math.Max(range / ticks, leastStep);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw <= power ? 1 : raw <= 2 * power ? 2 : raw <= 5 * power ? 5 : 10);
        double low = Math.Floor(least / step) * step, high = Math.Ceiling(most / step) * step;
        return new(low, high > low ? high : low + step, step);
    }

    public IEnumerable<double> Ticks()
    {
        int count = (int)Math.Round((High - Low) / Step);
        return Enumerable.Range(0, count + 1).Select(n => Low + (n * Step));
    }

    /// <summary>Where a value lies, 0 at the low end and 1 at the high one.</summary>
    public double Share(double value) => (value - Low) / (High - Low);

    /// <summary>A tick's text, with the decimals that tell it from its neighbours.</summary>
    public string Label(double tick)
    {
        int decimals = Math.Clamp((int)-Math.Floor(Math.Log10(Step) + 1e-9), 0, 12);
        return tick.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }
}
