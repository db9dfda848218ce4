namespace Streaming.Daemon.Serving;

/// <summary>What the lanes of the process report, taken together.</summary>
/// <param name="SeriesActive">Series that they have.</param>
/// <param name="SeriesCold">Those among them that have seen too few steps.</param>
/// <param name="LagRecords">Records that they have not processed yet.</param>
/// <param name="EventTimeLagSeconds">Age of the newest event, of the lane that is farthest behind; null before the first
/// event.</param>
internal sealed record LaneTotals(long SeriesActive, long SeriesCold, long LagRecords, double? EventTimeLagSeconds);
