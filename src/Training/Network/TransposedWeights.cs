using System.Runtime.CompilerServices;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>Weights the other way round, for gradients that flow from outputs to inputs; follows each update.</summary>
/// <remarks>Rows are gate columns of the layout, columns are units padded to 16.</remarks>
internal sealed class TransposedWeights
{
    private readonly ParameterLayout layout;
    private readonly AlignedFloats values;
    private readonly Panels[] inputWeights;
    private readonly Panels[] recurrentWeights;

    public TransposedWeights(ParameterLayout layout)
    {
        this.layout = layout;
        inputWeights = new Panels[layout.Shape.Layers];
        recurrentWeights = new Panels[layout.Shape.Layers];
        int end = 0;
        for (int l = 0; l < layout.Shape.Layers; l++)
        {
            // Nothing asks for the gradient of the first layer's inputs.
            inputWeights[l] = new(end, l == 0 ? 0 : layout.Gates, layout.Hidden);
            end += inputWeights[l].Length;
            recurrentWeights[l] = new(end, layout.Gates, layout.Hidden);
            end += recurrentWeights[l].Length;
        }

        Head = new(end, layout.Shape.Outputs, layout.Hidden);
        values = new(end + Head.Length);
    }

    public Span<float> Values => values.Span;

    /// <summary>[K, H'].</summary>
    public Panels Head { get; }

    /// <summary>[4H', H'] of a layer above the first.</summary>
    public Panels InputWeights(int layer) => inputWeights[layer];

    /// <summary>[4H', H'].</summary>
    public Panels RecurrentWeights(int layer) => recurrentWeights[layer];

    /// <summary>Takes over new weights.</summary>
    public void Follow(Span<float> parameters)
    {
        for (int l = 0; l < layout.Shape.Layers; l++)
        {
            if (l > 0)
            {
                Transpose(parameters, layout.InputWeights(l), inputWeights[l]);
            }

            Transpose(parameters, layout.RecurrentWeights(l), recurrentWeights[l]);
        }

        Transpose(parameters, layout.Head, Head);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(Span<float> parameters, Panels from, Panels to)
    {
        Span<float> target = values.Span;
        for (int toPanel = 0; toPanel < to.Columns; toPanel += Panels.Width)
        {
            int width = Math.Min(to.WidthAt(toPanel), from.Rows - toPanel);
            for (int row = 0; row < to.Rows; row++)
            {
                int source = from.IndexOf(toPanel, row), stride = from.WidthAt(row / Panels.Width * Panels.Width);
                int place = to.IndexOf(row, toPanel);
                for (int column = 0; column < width; column++)
                {
                    target[place + column] = parameters[source + (column * stride)];
                }
            }
        }
    }
}
