namespace Streaming.Inference.Experts;

/// <summary>What an adaptive linear expert looks at.</summary>
internal sealed record LinearExpertOptions
{
    /// <summary>The constant and the level.</summary>
    public const int OwnFeatures = 2;

    /// <summary>Past values of the series itself, in steps.</summary>
    public required int LagSteps { get; init; }

    /// <summary>Features from outside: the network's hidden state, or values of other series. Default 0.</summary>
    public int OutsideFeatures { get; init; }

    /// <summary>Past values of each other member of its group; 0: the outside is the network.</summary>
    public int GroupLagSteps { get; init; }

    /// <summary>Whether it looks at the network's hidden state.</summary>
    public bool ReadsNetwork => OutsideFeatures > 0 && GroupLagSteps == 0;

    /// <summary>How it learns.</summary>
    public LeastSquaresOptions Learning { get; init; } = new();

    /// <summary>Features in all: lags, a constant and the level, the calendar, and those from outside.</summary>
    public int Features => LagSteps + OwnFeatures + CalendarTerms.Count + OutsideFeatures;

    /// <summary>Its name among the experts.</summary>
    public string Name => GroupLagSteps > 0 ? $"group-{LagSteps}-{GroupLagSteps}"
        : OutsideFeatures > 0 ? $"readout-{LagSteps}"
        : $"linear-{LagSteps}";
}
