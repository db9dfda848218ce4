namespace Streaming.Inference.Series;

/// <summary>What the network's output is measured from at one horizon, and the anchor not chosen.</summary>
/// <param name="Value">Last value or seasonal naive, whichever does better on this series, in its unit.</param>
/// <param name="Other">The one of the two that does worse; the same value where there is no season yet.</param>
public readonly record struct Anchors(double Value, double Other);
