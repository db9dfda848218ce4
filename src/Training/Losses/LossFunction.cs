using System.Runtime.CompilerServices;

namespace Streaming.Training.Losses;

/// <summary>Value and slope of a loss at one error e = output - target.</summary>
/// <remarks>The level q matters to the pinball loss alone: the quantile that the output should be.</remarks>
internal static class LossFunction
{
    /// <summary>Loss of an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Value(LossKind kind, double error, double level) => kind switch
    {
        LossKind.MeanSquared => error * error,
        LossKind.MeanAbsolute => Math.Abs(error),
        LossKind.Pinball => error * Slope(kind, error, level),
        _ => Math.Abs(error) <= 1 ? 0.5 * error * error : Math.Abs(error) - 0.5,
    };

    /// <summary>Derivative of the loss by the error; 0 where it has its corner. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Slope(LossKind kind, double error, double level) => kind switch
    {
        LossKind.MeanSquared => 2 * error,
        LossKind.MeanAbsolute => Sign(error),
        LossKind.Pinball => error > 0 ? 1 - level : error < 0 ? -level : error,
        _ => Math.Abs(error) > 1 ? Sign(error) : error,
    };

    private static double Sign(double error) => error > 0 ? 1 : error < 0 ? -1 : error;
}
