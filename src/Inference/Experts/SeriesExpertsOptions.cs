using System.Collections.Immutable;

namespace Streaming.Inference.Experts;

/// <summary>Which experts a series has: what its profile buys.</summary>
internal sealed record SeriesExpertsOptions
{
    private static readonly SeriesExpertsOptions scale = new() { LinearLagSteps = [] };

    private static readonly SeriesExpertsOptions balanced = new() { LinearLagSteps = [48] };

    private static readonly SeriesExpertsOptions accuracy = new()
    {
        LinearLagSteps = [24, 96, 192, 336],
        ReadoutLagSteps = 96,
        GroupLagSteps = [(192, 6), (96, 12)],
    };

    /// <summary>Lags of each linear expert, in steps.</summary>
    public required ImmutableArray<int> LinearLagSteps { get; init; }

    /// <summary>Lags of the readout on the network's hidden state, in steps; 0: none.</summary>
    public int ReadoutLagSteps { get; init; }

    /// <summary>Of each linear expert that looks at its group: lags of its own, and of each other member.</summary>
    public ImmutableArray<(int Own, int Others)> GroupLagSteps { get; init; } = [];

    /// <summary>How linear experts learn.</summary>
    public LeastSquaresOptions Learning { get; init; } = new();

    /// <summary>How experts are mixed.</summary>
    public ExpertMixtureOptions Mixing { get; init; } = new();

    /// <summary>The experts of a profile.</summary>
    public static SeriesExpertsOptions Of(ExpertProfile profile) => profile switch
    {
        ExpertProfile.Scale => scale,
        ExpertProfile.Balanced => balanced,
        _ => accuracy,
    };
}
