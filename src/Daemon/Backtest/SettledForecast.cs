namespace Streaming.Daemon.Backtest;

/// <summary>One forecast whose value has come. Valid during the call only.</summary>
internal readonly ref struct SettledForecast
{
    /// <summary>Place of its series.</summary>
    public required int Series { get; init; }

    /// <summary>Place of its horizon.</summary>
    public required int Horizon { get; init; }

    /// <summary>Start of the step at which it was made, in ticks.</summary>
    public required long OriginTicks { get; init; }

    /// <summary>Steps the series had seen then, that one included.</summary>
    public required long OriginSteps { get; init; }

    /// <summary>Start of the step that it is for.</summary>
    public required long TargetTicks { get; init; }

    /// <summary>What came, in the series' unit.</summary>
    public required double Actual { get; init; }

    /// <summary>What was forecast.</summary>
    public required double Yhat { get; init; }

    /// <summary>Its quantiles, [Q]; NaN where nothing was known of the spread.</summary>
    public required ReadOnlySpan<double> Quantiles { get; init; }

    /// <summary>What each expert forecast, [E]; NaN where one had nothing to say.</summary>
    public required ReadOnlySpan<double> Experts { get; init; }
}
