using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>What a lane shows to those who ask: its mailbox, what it remembers of series, and live forecasts.</summary>
/// <remarks>None of it is part of the state or reaches a forecast.</remarks>
/// <param name="Mailbox">Where questions are left.</param>
/// <param name="History">Owned by the lane's thread.</param>
/// <param name="Live">The process's, shared by its lanes.</param>
internal sealed record LaneFace(LaneMailbox Mailbox, SeriesHistory History, LiveFeed Live)
{
    /// <summary>The face of one lane of some.</summary>
    public static LaneFace Of(ForecasterOptions options, int lanes, LiveFeed live, TimeProvider clock) =>
        new(new LaneMailbox(clock), new SeriesHistory(options.Http.HistoryBytes / lanes), live);
}
