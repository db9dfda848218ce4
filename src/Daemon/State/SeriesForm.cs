using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>What of a profile the state of a series means nothing without: its grid, what a value is, what it keeps.
/// </summary>
internal static class SeriesForm
{
    /// <summary>A hash that differs where states can't be read under the other profile.</summary>
    public static ulong Of(SeriesProfile profile) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{profile.StepTicks} {profile.Zone?.Id} {profile.Aggregate} {profile.Kind} {profile.SeasonSteps} "
        + $"{profile.WindowSteps} {profile.Experts}")));
}
