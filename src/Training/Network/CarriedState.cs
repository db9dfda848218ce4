using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>Hidden and cell state of a batch of series between two chunks, [rows, H'] per layer.</summary>
internal sealed class CarriedState
{
    private readonly int width;
    private readonly AlignedFloats[] hidden;
    private readonly AlignedFloats[] cell;

    public CarriedState(ParameterLayout layout, int maxRows)
    {
        width = layout.Hidden;
        hidden = [.. Enumerable.Range(0, layout.Shape.Layers).Select(_ => new AlignedFloats(maxRows * layout.Hidden))];
        cell = [.. hidden.Select(h => new AlignedFloats(h.Length))];
    }

    public Span<float> Hidden(int layer) => hidden[layer].Span;

    public Span<float> Cell(int layer) => cell[layer].Span;

    public Span<float> Hidden(int layer, RowRange rows) => Of(hidden[layer], rows);

    public Span<float> Cell(int layer, RowRange rows) => Of(cell[layer], rows);

    /// <summary>Back to the state of a series that has seen nothing.</summary>
    public void Clear()
    {
        for (int l = 0; l < hidden.Length; l++)
        {
            hidden[l].Span.Clear();
            cell[l].Span.Clear();
        }
    }

    private Span<float> Of(AlignedFloats buffer, RowRange rows) =>
        buffer.Span.Slice(rows.First * width, rows.Count * width);
}
