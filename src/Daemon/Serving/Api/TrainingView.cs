using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Serving.Api;

/// <summary>What training has done in this process.</summary>
/// <param name="Mode">Training:Mode.</param>
/// <param name="IsTrainer">Whether this process is the one that trains and may change versions.</param>
/// <param name="LastRuns">Last runs, newest first.</param>
/// <param name="Decisions">Last decisions about versions, newest first.</param>
internal sealed record TrainingView(
    TrainingMode Mode, bool IsTrainer, IReadOnlyList<RunView> LastRuns, IReadOnlyList<DecisionView> Decisions);

/// <param name="Time">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Result">kept, promoted, shadowed, rolled-back or failed.</param>
/// <param name="Series">Series whose windows came.</param>
/// <param name="Updates">Updates that the challenger has made by now.</param>
/// <param name="Losses">Mean losses of its stretches, in order.</param>
internal sealed record RunView(
    DateTimeOffset Time, double Seconds, string Result, int Series, int Updates, IReadOnlyList<double> Losses);

/// <param name="Time">When.</param>
/// <param name="Result">promoted, shadowed, dropped, rolled-back or failed.</param>
/// <param name="Version">Version in force from then on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Blocks">Time blocks compared; null where nothing was.</param>
/// <param name="Series">Series in the last of them.</param>
/// <param name="ChampionLoss">Mean loss of the champion over them.</param>
/// <param name="RivalLoss">Mean loss of its rival on the same labels.</param>
/// <param name="Gain">1 − rival's loss ÷ champion's.</param>
/// <param name="Evidence">That the rival is better, an e-value.</param>
/// <param name="RequiredEvidence">What it must reach.</param>
/// <param name="Updates">Updates that the challenger had made.</param>
internal sealed record DecisionView(
    DateTimeOffset Time, string Result, string Version, string Reason, int? Blocks, int? Series, double? ChampionLoss,
    double? RivalLoss, double? Gain, double? Evidence, double? RequiredEvidence, int Updates);
