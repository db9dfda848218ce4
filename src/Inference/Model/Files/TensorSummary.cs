using System.Collections.Immutable;

namespace Streaming.Inference.Model;

/// <summary>A tensor of a model file, at a glance.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its element type in the file: F32, F64, F16 or BF16.</param>
/// <param name="Shape">Its lengths.</param>
/// <param name="Min">Least value; 0 for a tensor without elements.</param>
/// <param name="Max">Greatest value; 0 for a tensor without elements.</param>
/// <param name="Norm">Square root of the sum of squares.</param>
public sealed record TensorSummary(
    string Name, string Type, ImmutableArray<long> Shape, float Min, float Max, double Norm)
{
    internal static TensorSummary Of(string name, TensorEntry tensor, TensorValues values)
    {
        float min = values.Length > 0 ? values[0] : 0, max = min;
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            squares += (double)value * value;
        }

        return new(name, tensor.Type, [.. tensor.Shape], min, max, Math.Sqrt(squares));
    }
}
