namespace Streaming.Inference.Series;

/// <summary>What had been forecast of a step at the first horizon, as it was issued; in the series' unit.</summary>
/// <param name="Yhat">The forecast; NaN where there was none.</param>
/// <param name="Lower">Lowest quantile; NaN where nothing was known of the spread.</param>
/// <param name="Upper">Highest quantile, likewise.</param>
/// <param name="Naive">Forecast of seasonal naive; of persistence where no season is.</param>
/// <param name="Scale">Scale of the series then; 0 where there was no forecast.</param>
public readonly record struct AwaitedForecast(double Yhat, double Lower, double Upper, double Naive, double Scale)
{
    /// <summary>None was awaited.</summary>
    public static readonly AwaitedForecast None = new(double.NaN, double.NaN, double.NaN, double.NaN, 0);

    internal static AwaitedForecast Of(in Ledger.Entry entry) => entry.IsIssued
        ? new(entry.Mixture, entry.Lower, entry.Upper, entry.Naive, entry.Scale)
        : None;
}
