using System.ComponentModel.DataAnnotations;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Shape of the network and what it forecasts.</summary>
internal sealed record ModelOptions : IValidatableObject
{
    /// <summary>Model file with the first version's weights. Default none, see <see cref="Pretrained"/>.</summary>
    public string? File { get; init; }

    /// <summary>Where no file is given: start from the champion that ships with the product, if it has the sizes,
    /// horizons, lags, features and scaling below; else, or where false, from untrained weights. Default true.</summary>
    public bool Pretrained { get; init; } = true;

    /// <summary>Units per LSTM layer. Default 32; multiples of 16 are fastest.</summary>
    [Range(1, 512)]
    public int Hidden { get; init; } = 32;

    /// <summary>Stacked LSTM layers. Default 2.</summary>
    [Range(1, 4)]
    public int Layers { get; init; } = 2;

    /// <summary>Horizons to forecast, in steps, ascending. Default 1, 6 and 24.</summary>
    [Length(1, 64)]
    public IReadOnlyList<int> Horizons { get; init; } = [1, 6, 24];

    /// <summary>Past values that feed the head's linear skip, in steps. Default 48.</summary>
    [Range(0, 336)]
    public int LagSteps { get; init; } = 48;

    /// <summary>Inputs of the network, in order: names of features, groups of them, and rolling statistics and lags such as
    /// mean:24, std:24, min:168, max:168 and lag:24, in steps. Default "default": those of the champion.</summary>
    public IReadOnlyList<string> Features { get; init; } = ["default"];

    /// <summary>What values are measured from and in: standard (running mean and deviation), or min-max (the middle and
    /// half of a running range). Default standard.</summary>
    public Scaling Scaling { get; init; }

    /// <summary>Seed of the first version's weights where they are untrained. Default 17.</summary>
    public int Seed { get; init; } = 17;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!FeatureList.TryParse(Features, out _, out string? error))
        {
            yield return new(error, [nameof(Features)]);
        }

        for (int i = 0; i < Horizons.Count; i++)
        {
            if (Horizons[i] is < 1 or > 1_024 || (i > 0 && Horizons[i] <= Horizons[i - 1]))
            {
                yield return new(
                    $"must ascend strictly within 1 to 1024, but are {string.Join(", ", Horizons)}",
                    [nameof(Horizons)]);
                yield break;
            }
        }
    }
}
