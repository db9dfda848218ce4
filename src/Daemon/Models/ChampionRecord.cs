namespace Streaming.Daemon.Models;

/// <summary>Which version is in force.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Previous">The one that it displaced, 0 for none: kept, so that there is a way back.</param>
/// <param name="Time">Since when, UTC.</param>
/// <param name="Why">Why, in a few words.</param>
internal sealed record ChampionRecord(int Id, int Previous, DateTimeOffset Time, string Why);
