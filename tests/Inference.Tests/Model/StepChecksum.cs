using System.Security.Cryptography;
using Streaming.Inference.Model;

namespace Inference.Tests.Model;

/// <summary>
/// A hash over every output and state of 1,000 steps of 257 series: the fingerprint of the arithmetic.
/// </summary>
internal static class StepChecksum
{
    private const int Series = 257;
    private const int Steps = 1_000;

    /// <summary>A line per model: one whose outputs are summed one by one, one whose outputs lie in lanes.</summary>
    public static string[] All() =>
    [
        $"few outputs {Of(new(inputs: 3, hidden: 12, layers: 2, skipInputs: 5, outputs: 2))}",
        $"many outputs {Of(new(inputs: 2, hidden: 9, layers: 1, skipInputs: 3, outputs: 6))}",
    ];

    private static string Of(ModelShape shape)
    {
        var random = new Random(Seed: 257);
        ModelParameters parameters = RandomModel.Parameters(shape, random);
        var weights = ModelWeights.Pack(parameters);
        var states = new StateTable(shape, Series);
        var scratch = new StepScratch(shape, 64);
        int[] rows = [.. Enumerable.Range(0, Series).Select(_ => states.Rent())];
        var outputs = new float[Series * shape.Outputs];
        var state = new float[states.RowLength];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int t = 0; t < Steps; t++)
        {
            float[] x = RandomModel.Floats(random, Series * shape.Inputs);
            float[] s = RandomModel.Floats(random, Series * shape.SkipInputs);
            NetworkStep.Run(weights, states, rows, x, s, outputs, scratch);
            hash.AppendData(Fleet.Bits(outputs));
        }

        foreach (int row in rows)
        {
            states.CopyTo(row, state);
            hash.AppendData(Fleet.Bits(state));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
