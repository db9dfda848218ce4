using System.Globalization;

namespace Streaming.Daemon.Pretraining;

/// <summary>Losses as people read them.</summary>
internal static class LossText
{
    /// <summary>Four decimals, or an exponent where these would say nothing; a dash for none.</summary>
    public static string Of(double loss) =>
        double.IsNaN(loss) ? "-"
        : loss.ToString(loss is >= 0.001 and < 100_000 ? "0.0000" : "0.00e+0", CultureInfo.InvariantCulture);
}
