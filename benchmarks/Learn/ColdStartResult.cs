namespace Benchmarks.Learn;

/// <summary>Mean absolute scaled error on series never seen before, at origins 48 to 100.</summary>
/// <param name="TrainedOn">Which half of the series trained.</param>
/// <param name="Series">Series it was measured on.</param>
/// <param name="Mase">Mean over horizons 1 to 48 and series, each capped at 20.</param>
/// <param name="MaseAtOne">The same at horizon 1.</param>
/// <param name="SeasonalNaive">Seasonal naive on the same origins and targets.</param>
/// <param name="SeasonalNaiveAtOne">The same at horizon 1.</param>
internal sealed record ColdStartResult(
    string TrainedOn, int Series, double Mase, double MaseAtOne, double SeasonalNaive, double SeasonalNaiveAtOne);
