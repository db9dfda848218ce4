using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Settings that all series of one rule share; those of a group among them are a kind of their own.</summary>
/// <param name="Index">Its place among the kinds.</param>
/// <param name="Rule">Number of the rule, from 0; null for series that no rule takes.</param>
/// <param name="Select">The rule's selector; null for series that no rule takes.</param>
/// <param name="Options">The settings, inherited ones included.</param>
/// <param name="Profile">The same in steps and ticks.</param>
/// <param name="HorizonPlaces">Places in Model:Horizons of the horizons that are published, ascending.</param>
internal sealed record SeriesKind(
    int Index, int? Rule, string? Select, SeriesOptions Options, SeriesProfile Profile, IReadOnlyList<int> HorizonPlaces)
{
    /// <summary>The group whose series these are; null: of none.</summary>
    public GroupOptions? Group { get; init; }

    /// <summary>Series that each of its series is forecast from, itself included.</summary>
    public int MemberCount => Group?.Members.Count ?? 1;
}
