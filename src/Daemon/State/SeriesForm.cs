using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>What of a profile the state of a series means nothing without: its grid, what a value is, what it keeps, and
/// which others it is forecast from.</summary>
internal static class SeriesForm
{
    /// <summary>A hash that differs where states can't be read under the other kind.</summary>
    public static ulong Of(SeriesKind kind) => Of(kind.Profile, kind.Group?.Members ?? []);

    /// <summary>Likewise.</summary>
    /// <param name="profile">The series' profile.</param>
    /// <param name="members">Ids of its group, itself included, in their order; none: it is in no group.</param>
    public static ulong Of(SeriesProfile profile, IReadOnlyList<string> members) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.StepTicks} {profile.Zone?.Id} {profile.Aggregate} {profile.Kind} {profile.SeasonSteps} "
            + $"{profile.WindowSteps} {profile.Experts}{string.Concat(members.Select(id => '\n' + id))}")));
}
