namespace Streaming.Training.Gate;

/// <summary>Losses of the networks in judgement on the same labels: of one series in a block, or of a whole block.
/// </summary>
/// <param name="Champion">Mean loss of the champion.</param>
/// <param name="Candidate">Mean loss of the challenger's snapshot.</param>
/// <param name="Previous">Mean loss of the champion before; NaN where none is watched.</param>
/// <param name="Series">Series they are the mean of.</param>
internal readonly record struct BlockLosses(double Champion, double Candidate, double Previous, int Series);
