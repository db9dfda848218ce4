using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>The gradient of all parameters, from a tape whose gates and outputs hold their gradients.</summary>
/// <remarks>
/// Cut into parts that touch different parameters: each sums over all steps and rows in order, so that which thread
/// runs a part changes no bit. Allocates nothing after construction.
/// </remarks>
internal sealed class WeightGradient
{
    private const int PartRows = 64;

    private readonly GradientPart[] parts;
    private readonly AlignedFloats values;
    private readonly AlignedFloats zeros = new(Panels.Width);
    private readonly AlignedFloats one = new(1);

    public WeightGradient(ParameterLayout layout)
    {
        values = new(layout.Length);
        one.Span.Fill(1);
        parts = [.. PartsOf(layout).OrderByDescending(part => part.Rows * part.Width)];
    }

    /// <summary>The gradient, in the layout of the parameters.</summary>
    public Span<float> Values => values.Span;

    /// <summary>Parts to run, the largest first.</summary>
    public int PartCount => parts.Length;

    /// <summary>Writes one part.</summary>
    public void Run(int part, ChunkBatch batch, Tape tape)
    {
        GradientPart x = parts[part];
        MatrixView slopes = (x.IsOfOutputs ? PanelView.Of(tape.Outputs) : tape.Gates(x.Layer)).At(x.Column);
        MatrixView sources = SourcesOf(x, batch, tape).Transposed.SliceRows(x.FirstRow, x.Rows);
        MatrixView target = x.Target.In(Values).At(x.Column).SliceRows(x.FirstRow, x.Rows);
        Products.Multiply(MatrixView.Repeat(zeros.Span[..x.Width], x.Rows), sources, slopes, target);
    }

    /// <summary>What a matrix is multiplied with in the forward pass, [steps · rows, rows of the matrix].</summary>
    private MatrixView SourcesOf(GradientPart part, ChunkBatch batch, Tape tape) => part.Source switch
    {
        GradientSource.Inputs => part.Layer == 0 ? batch.Inputs : tape.SeenAbove(part.Layer - 1),
        GradientSource.Recurrent => tape.HiddenBefore(part.Layer),
        GradientSource.Top => tape.HiddenAfter(part.Layer),
        GradientSource.Skip => batch.Skip,
        _ => MatrixView.Repeat(one.Span, tape.Steps * tape.Rows),
    };

    private static IEnumerable<GradientPart> PartsOf(ParameterLayout layout)
    {
        int top = layout.Shape.Layers - 1;
        IEnumerable<GradientPart> wholes = Enumerable.Range(0, layout.Shape.Layers).SelectMany(l => new GradientPart[]
        {
            new(layout.InputWeights(l), GradientSource.Inputs, l),
            new(layout.RecurrentWeights(l), GradientSource.Recurrent, l),
            new(layout.Bias(l), GradientSource.One, l),
        });
        GradientPart[] heads =
        [
            new(layout.Head, GradientSource.Top, top, IsOfOutputs: true),
            new(layout.Skip, GradientSource.Skip, top, IsOfOutputs: true),
            new(layout.HeadBias, GradientSource.One, top, IsOfOutputs: true),
        ];
        return wholes.Concat(heads).SelectMany(whole => whole.Split(PartRows));
    }
}
