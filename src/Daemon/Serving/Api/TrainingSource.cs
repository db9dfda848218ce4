using Streaming.Daemon.Configuration;
using Streaming.Daemon.Tuning;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Puts together what training has done in this process. Thread-safe.</summary>
internal sealed class TrainingSource(ForecasterOptions options, TrainerSeat seat, DecisionLog decisions, RunLog runs)
{
    /// <param name="most">Runs and decisions that are told, each, at most.</param>
    public TrainingView Training(int most = int.MaxValue) => new(
        options.Training.Mode, seat.Term != 0, [.. runs.Recent().Take(most).Select(Of)],
        [.. decisions.Recent().Take(most).Select(Of)]);

    private static RunView Of(TuningRunReport run) =>
        new(run.Time, run.Seconds, run.Result, run.Series, run.Updates, run.Losses);

    /// <summary>What is told of a decision: of its comparisons the one that decided it.</summary>
    private static DecisionView Of(TuningDecision decision)
    {
        var standing = decision is { Result: "rolled-back", Previous: { } before } ? before : decision.Candidate;
        return new(
            decision.Time, decision.Result, decision.Version, decision.Reason, standing?.Blocks, standing?.Series,
            standing?.ChampionLoss, standing?.RivalLoss, standing?.RelativeGain,
            standing is null ? null : ApiJson.Finite(standing.Evidence), standing?.RequiredEvidence, decision.Updates);
    }
}
