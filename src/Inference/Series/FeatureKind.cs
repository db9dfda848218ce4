namespace Streaming.Inference.Series;

/// <summary>What an input of the network tells; x is the newest value, s the series' scale.</summary>
internal enum FeatureKind
{
    /// <summary>(x − mean) / s.</summary>
    Deviation,

    /// <summary>(x − the value before) / s.</summary>
    Change,

    /// <summary>(the value a season before the next step − x) / s.</summary>
    SeasonAhead,

    /// <summary>(x − the value a season ago) / s.</summary>
    SeasonChange,

    /// <summary>(the value half a season before the next step − x) / s.</summary>
    HalfSeason,

    /// <summary>(the value seven seasons before the next step − x) / s.</summary>
    SevenSeasons,

    /// <summary>(the fast running mean − x) / s.</summary>
    RunningMean,

    /// <summary>Place of the next step in its hour, on a circle.</summary>
    HourSine,
    HourCosine,

    /// <summary>Place in its day.</summary>
    DaySine,
    DayCosine,

    /// <summary>Place in its week, from Monday.</summary>
    WeekSine,
    WeekCosine,

    /// <summary>Place in its year, all months of the same length.</summary>
    YearSine,
    YearCosine,

    /// <summary>1 where the next step begins on a holiday, else 0.</summary>
    Holiday,

    /// <summary>1 where x was held over a gap, else 0.</summary>
    Held,

    /// <summary>Steps seen, at most 256, over 256.</summary>
    Age,

    /// <summary>(the value a number of steps ago − x) / s.</summary>
    Lag,

    /// <summary>(mean of the last values − x) / s.</summary>
    Mean,

    /// <summary>Standard deviation of the last values / s.</summary>
    Spread,

    /// <summary>(least of the last values − x) / s.</summary>
    Least,

    /// <summary>(largest of the last values − x) / s.</summary>
    Largest,

    /// <summary>(newest value of a covariate − its center) / its scale.</summary>
    Covariate,

    /// <summary>1 where the step lacked the covariate, else 0.</summary>
    CovariateHeld,
}
