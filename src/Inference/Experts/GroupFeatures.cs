using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>The last values of the other members of a group, as features of a linear expert.</summary>
/// <remarks>Of each other member: its deviation from its mean, then its last lags less its newest value, all in units
/// of its own scale, clipped; 0 where it has none.</remarks>
internal static class GroupFeatures
{
    private const double Limit = 20;

    /// <summary>Features in all.</summary>
    public static int CountOf(int members, int lagSteps) => Math.Max(members - 1, 0) * lagSteps;

    /// <summary>Writes the features of one member.</summary>
    /// <param name="members">Of all members, in the group's order; a null has no value yet.</param>
    /// <param name="self">The member whose features they are.</param>
    /// <param name="lagSteps">Of each other member.</param>
    /// <param name="features">Receives them, [<see cref="CountOf"/>].</param>
    public static void Write(
        ReadOnlySpan<SeriesExperts?> members, SeriesExperts self, int lagSteps, Span<double> features)
    {
        features.Clear();
        for (int m = 0, at = 0; m < members.Length; m++)
        {
            if (members[m] == self)
            {
                continue;
            }

            if (members[m] is { Window.Count: > 0 } other)
            {
                Write(other.Window, other.Mean, 1 / other.Unit, features.Slice(at, lagSteps));
            }

            at += lagSteps;
        }
    }

    private static void Write(Window window, double mean, double perUnit, Span<double> features)
    {
        double x = window.Ago(0);
        features[0] = Math.Clamp((x - mean) * perUnit, -Limit, Limit);
        for (int lag = 1; lag < features.Length && lag < window.Count; lag++)
        {
            features[lag] = Math.Clamp((window.Ago(lag) - x) * perUnit, -Limit, Limit);
        }
    }
}
