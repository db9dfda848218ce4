using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>What topics check says, as symptoms.</summary>
internal static class TopicCheck
{
    private const string Name = "topics";

    public static IEnumerable<Symptom> Look(TopicPlanner planner) => planner.Plan().Select(finding => new Symptom(
        finding.Outcome is TopicOutcome.Fits or TopicOutcome.Created ? Verdict.Ok : Verdict.Problem,
        Name,
        finding.Topic,
        finding.Outcome == TopicOutcome.Missing
            ? $"for {OptionNames.Of(finding.Role)}: is not there, or this user may not see it"
            : FormattableString.Invariant($"for {OptionNames.Of(finding.Role)}: {finding.Partitions} partition(s)"),
        finding.Todo));
}
