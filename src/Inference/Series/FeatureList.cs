using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Streaming.Inference.Series;

/// <summary>The inputs of the network, in order. Immutable, thread-safe.</summary>
public sealed class FeatureList
{
    /// <summary>Most inputs.</summary>
    public const int MaxInputs = 256;

    private FeatureList(ImmutableArray<Feature> inputs)
    {
        Inputs = inputs;
        Names = [.. inputs.Select(input => input.Name)];
    }

    /// <summary>The inputs of a deployment that asks for no others: those of the champion that ships with the product.
    /// </summary>
    public static FeatureList Default { get; } = new([.. FeatureNames.Find(FeatureNames.Default)!]);

    /// <summary>What an entry may be, in words.</summary>
    public static string Known => FeatureNames.Known;

    /// <summary>What each input is called, [I].</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Covariates that inputs tell of, each once.</summary>
    public IEnumerable<string> Covariates => Inputs.Select(input => input.Covariate).OfType<string>().Distinct();

    /// <summary>Whether covariates can be called so: letters, digits, '.', '_' or '-', at most 64.</summary>
    public static bool IsCovariate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FeatureNames.IsCovariate(name);
    }

    /// <summary>The input that needs the longest window, and that window in steps.</summary>
    public (string Name, int WindowSteps) Widest
    {
        get
        {
            Feature widest = Inputs.MaxBy(input => input.WindowSteps);
            return (widest.Name, widest.WindowSteps);
        }
    }

    /// <summary>The inputs, [I].</summary>
    internal ImmutableArray<Feature> Inputs { get; }

    /// <summary>Reads entries such as "default", "mean:24" or "hour".</summary>
    /// <param name="entries">Names of inputs, or of groups of them, in order.</param>
    /// <param name="list">The inputs.</param>
    /// <param name="error">Why there is no list.</param>
    public static bool TryParse(
        IEnumerable<string> entries, [NotNullWhen(true)] out FeatureList? list, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(entries);
        (list, error) = (null, null);
        var inputs = ImmutableArray.CreateBuilder<Feature>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            Feature[]? found = FeatureNames.Find(entry);
            if (found is null)
            {
                error = $"'{entry}' is no feature; there are {FeatureNames.Known}";
                return false;
            }

            foreach (Feature input in found)
            {
                inputs.Add(input);
                if (!seen.Add(input.Name))
                {
                    error = $"'{entry}': '{input.Name}' is there already";
                    return false;
                }
            }
        }

        error = inputs.Count is 0 or > MaxInputs ? $"there must be 1 to {MaxInputs} inputs, not {inputs.Count}" : null;
        list = error is null ? new(inputs.ToImmutable()) : null;
        return list is not null;
    }

    /// <summary>Reads entries that are known to be right.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static FeatureList Parse(IEnumerable<string> entries) =>
        TryParse(entries, out FeatureList? list, out string? error) ? list : throw new ArgumentException(error);

    /// <summary>Whether two lists have the same inputs in the same order.</summary>
    public bool IsSameAs(FeatureList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Names.AsSpan().SequenceEqual(other.Names.AsSpan());
    }

    /// <summary>The shortest entries that stand for it: the default inputs at the front are called "default".</summary>
    public ImmutableArray<string> ToEntries() => Names.AsSpan().StartsWith(Default.Names.AsSpan())
        ? [FeatureNames.Default, .. Names[Default.Names.Length..]]
        : Names;

    /// <summary>The entries, separated by commas.</summary>
    public override string ToString() => string.Join(", ", ToEntries());
}
