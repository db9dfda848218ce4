using System.Collections.Immutable;

namespace Streaming.Inference.Experts;

/// <summary>What experts are called where those of different seasons and lags are taken together: a short list that no
/// configuration makes longer.</summary>
public static class ExpertFamilies
{
    /// <summary>Their names. An expert's own name is one of them, or begins with one and a hyphen.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "persistence", "smoothing", "intermittent", "network", "seasonal-found", "seasonal", "linear", "readout", "group",
    ];
}
