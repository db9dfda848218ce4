using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Settings that all series of one rule share.</summary>
/// <param name="Index">Number of the rule, from 0; the number of rules for series that no rule takes.</param>
/// <param name="Select">The rule's selector; null for series that no rule takes.</param>
/// <param name="Options">The settings, inherited ones included.</param>
/// <param name="Profile">The same in steps and ticks.</param>
/// <param name="HorizonPlaces">Places in Model:Horizons of the horizons that are published, ascending.</param>
internal sealed record SeriesKind(
    int Index, string? Select, SeriesOptions Options, SeriesProfile Profile, IReadOnlyList<int> HorizonPlaces);
