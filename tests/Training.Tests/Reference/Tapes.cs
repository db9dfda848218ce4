using Streaming.Training.Network;

namespace Streaming.Training.Tests.Reference;

/// <summary>Reads whole tapes.</summary>
internal static class Tapes
{
    /// <summary>Factors on the hidden states of a layer, [steps · rows, H'].</summary>
    public static float[] WholeDropoutMask(this Tape tape, int layer) =>
        [.. Enumerable.Range(0, tape.Steps).SelectMany(
            t => tape.DropoutMask(layer, t, new(0, tape.Rows)).Dense.ToArray())];
}
