using System.Collections.Immutable;

namespace Streaming.Inference.Experts;

/// <summary>Which experts a series has: what its profile buys.</summary>
internal sealed record SeriesExpertsOptions
{
    /// <summary>Simple experts and the network: hundreds of thousands of series a pod.</summary>
    public static readonly SeriesExpertsOptions Scale = new() { LinearLagSteps = [] };

    /// <summary>One short linear expert beside them. The default.</summary>
    public static readonly SeriesExpertsOptions Balanced = new() { LinearLagSteps = [48] };

    /// <summary>Linear experts of several lengths, the readout, and the rest of the series' group: thousands.</summary>
    public static readonly SeriesExpertsOptions Accuracy = new()
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
}
