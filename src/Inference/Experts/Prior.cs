using Streaming.Inference.Kernels;

namespace Streaming.Inference.Experts;

/// <summary>Spread of forecasts before there are residuals: a logistic distribution that widens as √h.</summary>
internal static class Prior
{
    /// <summary>Standardized quantile (mean absolute deviation 1) of a level: ln(p ÷ (1 − p)) ÷ (2 ln 2).</summary>
    /// <remarks>By bisection on our own exponential, since libm's logarithm differs between platforms.</remarks>
    /// <param name="level">In (0, 1).</param>
    public static double Quantile(double level)
    {
        double low = -20, high = 20;
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Below(middle) < level ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double Below(double x) => 1 / (1.0 + Exp2.Of((float)(-2 * x)));
}
