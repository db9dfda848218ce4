namespace Streaming.Training.Preparation;

/// <summary>Takes out what was never measured, and clips the ends of a distribution.</summary>
internal static class Outliers
{
    /// <summary>A cleaned copy of values, [N]: NaN where they are missing, not finite or a sentinel.</summary>
    public static double[] Clean(ReadOnlySpan<double> values, PreparationOptions options)
    {
        var cleaned = new double[values.Length];
        for (int n = 0; n < values.Length; n++)
        {
            bool isMissing = !double.IsFinite(values[n]) || options.Sentinels.Contains(values[n]);
            cleaned[n] = isMissing ? double.NaN : values[n];
        }

        if (options.ClipShare > 0)
        {
            Clip(cleaned, options.ClipShare);
        }

        return cleaned;
    }

    private static void Clip(double[] values, double share)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return;
        }

        int cut = (int)(share * (sorted.Length - 1));
        double low = sorted[cut], high = sorted[sorted.Length - 1 - cut];
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = double.IsNaN(values[n]) ? double.NaN : Math.Clamp(values[n], low, high);
        }
    }
}
