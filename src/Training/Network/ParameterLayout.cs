using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>Where each matrix lies in the flat buffer that parameters, gradients and moments share.</summary>
/// <remarks>
/// Matrices are transposed against torch, so that output units are in vector lanes: W_ih [inputs, 4H'], W_hh [H, 4H'],
/// bias [4H'], then head [H, K'], skip [S, K'], bias [K']; H' and K' are H and K padded to 16. Gate columns are in
/// blocks of 16 units, [unit block][i, f, g, o][16]. Padding is zero and stays zero.
/// </remarks>
internal sealed class ParameterLayout
{
    private readonly Panels[] inputWeights;
    private readonly Panels[] recurrentWeights;
    private readonly Panels[] biases;
    private readonly Panels[] weights;

    public ParameterLayout(ModelShape shape)
    {
        Shape = shape;
        Hidden = AlignedFloats.Padded(shape.Hidden);
        Outputs = AlignedFloats.Padded(shape.Outputs);
        inputWeights = new Panels[shape.Layers];
        recurrentWeights = new Panels[shape.Layers];
        biases = new Panels[shape.Layers];
        int end = 0;
        for (int l = 0; l < shape.Layers; l++)
        {
            inputWeights[l] = Place(shape.LayerInputs(l), Gates, ref end);
            recurrentWeights[l] = Place(shape.Hidden, Gates, ref end);
            biases[l] = Place(1, Gates, ref end);
        }

        Head = Place(shape.Hidden, Outputs, ref end);
        Skip = Place(shape.SkipInputs, Outputs, ref end);
        HeadBias = Place(1, Outputs, ref end);
        Length = end;
        weights = [.. inputWeights, .. recurrentWeights, Head, Skip];
    }

    public ModelShape Shape { get; }

    /// <summary>Padded units, H'.</summary>
    public int Hidden { get; }

    /// <summary>Padded outputs, K'.</summary>
    public int Outputs { get; }

    /// <summary>Padded gates, 4H'.</summary>
    public int Gates => 4 * Hidden;

    public Panels Head { get; }

    public Panels Skip { get; }

    public Panels HeadBias { get; }

    /// <summary>Floats of the flat buffer.</summary>
    public int Length { get; }

    /// <summary>All matrices but the biases: what penalties and weight decay act on.</summary>
    public ReadOnlySpan<Panels> Weights => weights;

    public Panels InputWeights(int layer) => inputWeights[layer];

    public Panels RecurrentWeights(int layer) => recurrentWeights[layer];

    public Panels Bias(int layer) => biases[layer];

    /// <summary>Column of a gate (0 to 3 for i, f, g, o) of a unit.</summary>
    public static int GateColumn(int gate, int unit) =>
        (unit / AlignedFloats.Line * Panels.Width) + (gate * AlignedFloats.Line) + (unit % AlignedFloats.Line);

    /// <summary>Multiplies all weights, not biases, by a factor.</summary>
    public void ScaleWeights(Span<float> parameters, float factor)
    {
        foreach (Panels panels in weights)
        {
            foreach (ref float weight in parameters.Slice(panels.Offset, panels.Length))
            {
                weight *= factor;
            }
        }
    }

    private static Panels Place(int rows, int columns, ref int end)
    {
        var panels = new Panels(end, rows, columns);
        end += panels.Length;
        return panels;
    }
}
