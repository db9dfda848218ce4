using Streaming.Training.Gate;

namespace Streaming.Daemon.Tuning;

/// <summary>What was decided about versions, with its numbers.</summary>
/// <param name="Time">When.</param>
/// <param name="Result">promoted, shadowed, dropped, rolled-back or failed.</param>
/// <param name="Version">Version in force from then on: "lstm@17".</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Candidate">The challenger's snapshot against the champion.</param>
/// <param name="Previous">The version before against the champion; null where none is watched.</param>
/// <param name="Updates">Updates that the challenger had made when it was frozen, or stopped.</param>
internal sealed record TuningDecision(
    DateTimeOffset Time, string Result, string Version, string Reason, Standing? Candidate, Standing? Previous,
    int Updates);
