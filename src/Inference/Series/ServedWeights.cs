using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>The version that a wave is stepped with.</summary>
/// <param name="Id">Its number, from 1; 0: there is but one, and none is noted.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="BurnInSteps">Last steps of the window that the hidden and cell state of a series are computed anew from
/// when it comes to this version from another; 0: they go on, for the weights were trained on from those.</param>
public readonly record struct ServedWeights(int Id, ModelWeights Weights, int BurnInSteps);
