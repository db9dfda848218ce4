namespace Streaming.Training.Gate;

/// <summary>How a rival stands against the champion, in numbers.</summary>
/// <param name="Blocks">Time blocks compared.</param>
/// <param name="Series">Series in the last block.</param>
/// <param name="ChampionLoss">Mean loss of the champion over blocks; 0 before the first.</param>
/// <param name="RivalLoss">Mean loss of the rival on the same labels; 0 before the first.</param>
/// <param name="RelativeGain">1 - rival's loss / champion's; 0 before the first block.</param>
/// <param name="Evidence">That the rival is better: an e-value, 1 at the start.</param>
/// <param name="EvidenceAgainst">That it is worse, likewise.</param>
/// <param name="RequiredEvidence">What either must reach.</param>
public sealed record Standing(
    int Blocks, int Series, double ChampionLoss, double RivalLoss, double RelativeGain, double Evidence,
    double EvidenceAgainst, double RequiredEvidence);
