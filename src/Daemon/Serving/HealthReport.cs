namespace Streaming.Daemon.Serving;

/// <summary>Body of /live and /ready.</summary>
/// <param name="Ok">The verdict: 200 or 503.</param>
/// <param name="Reasons">Why not, one a lane; empty when well.</param>
/// <param name="Lanes">Every lane, by number.</param>
internal sealed record HealthReport(bool Ok, IReadOnlyList<string> Reasons, IReadOnlyList<LaneReport> Lanes);

/// <param name="Lane">Number of the lane, from 0.</param>
/// <param name="Name">What it is called: "lane 0".</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Why it is not running.</param>
/// <param name="SecondsSinceTurn">Time since its loop last turned.</param>
internal sealed record LaneReport(int Lane, string Name, LanePhase State, string Reason, double SecondsSinceTurn);
