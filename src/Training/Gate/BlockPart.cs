using Streaming.Training.Samples;

namespace Streaming.Training.Gate;

/// <summary>What one series adds to a block.</summary>
/// <param name="Block">Number of the block since the snapshot.</param>
/// <param name="Part">Burn-in, and the block's steps; all their labels have arrived.</param>
internal readonly record struct BlockPart(int Block, WindowPart Part);
