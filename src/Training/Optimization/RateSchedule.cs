using Streaming.Inference.Series;

namespace Streaming.Training.Optimization;

/// <summary>Share of the largest step size at each update of a run; pure, the same bits on every platform.</summary>
internal sealed class RateSchedule(ScheduleOptions options)
{
    private readonly double exponentialFactor = Root(options.FinalShare, options.RunUpdates);

    /// <summary>The share for update n = 0, 1, …: warm-up times decay.</summary>
    public double ShareAt(int update) => WarmUp(update) * options.Kind switch
    {
        ScheduleKind.Cosine => Cosine(update),
        ScheduleKind.Step => Power(options.StepFactor, update / options.StepUpdates),
        ScheduleKind.Exponential => Power(exponentialFactor, Math.Min(update, options.RunUpdates)),
        ScheduleKind.Cyclical => Cycle(update),
        _ => 1,
    };

    /// <summary>(n + 1) / updates, at most 1.</summary>
    private double WarmUp(int update) =>
        update + 1 >= options.WarmUpUpdates ? 1 : (update + 1.0) / options.WarmUpUpdates;

    /// <summary>final + (1 - final) · (1 + cos(π · progress)) / 2. Source: Loshchilov and Hutter 2017.</summary>
    private double Cosine(int update)
    {
        double progress = Math.Min(1, update / (double)options.RunUpdates);
        double cosine = Calendar.SineOfTurns(0.25 + (progress / 2));
        return options.FinalShare + ((1 - options.FinalShare) * 0.5 * (1 + cosine));
    }

    /// <summary>Up over so many updates from the final share to 1, and down again. Source: Smith 2017.</summary>
    private double Cycle(int update)
    {
        double place = update % (2.0 * options.StepUpdates) / options.StepUpdates;
        return options.FinalShare + ((1 - options.FinalShare) * (1 - Math.Abs(1 - place)));
    }

    /// <summary>x to a whole power, by repeated squares: libm's differs between platforms.</summary>
    private static double Power(double x, int exponent)
    {
        double power = 1;
        for (; exponent > 0; exponent >>= 1, x *= x)
        {
            power *= (exponent & 1) == 1 ? x : 1;
        }

        return power;
    }

    /// <summary>The n-th root of a number in (0, 1], by halving the interval to the last bit.</summary>
    private static double Root(double x, int n)
    {
        double low = 0, high = 1;
        for (double middle = 0.5; middle > low && middle < high; middle = low + ((high - low) / 2))
        {
            (low, high) = Power(middle, n) < x ? (middle, high) : (low, middle);
        }

        return high;
    }
}
