using System.Globalization;

namespace Streaming.Daemon.Demo;

/// <summary>How the demo writes numbers for people, whatever the machine's culture; "–" where there is none.</summary>
internal static class Figures
{
    /// <summary>A scaled error: <c>0.63</c>.</summary>
    public static string Ratio(double value) =>
        double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    /// <summary>A share: <c>89.7%</c>.</summary>
    public static string Share(double value) =>
        double.IsFinite(value) ? (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "–";

    /// <summary>A count: <c>78,060</c>.</summary>
    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
