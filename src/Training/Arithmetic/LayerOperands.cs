namespace Streaming.Training.Arithmetic;

/// <summary>Pointers and strides, in floats, of a layer's steps for some rows of a batch.</summary>
/// <remarks>A row is a series; weights and gates lie in panels of 16 units, [i, f, g, o][16].</remarks>
internal unsafe struct LayerOperands
{
    /// <summary>[panels of gates].</summary>
    public float* Bias;

    /// <summary>What the layer sees, [rows, inputs], by its weights.</summary>
    public ProductTerms Inputs;

    /// <summary>Hidden states of the step before, [rows, units], by their weights.</summary>
    public ProductTerms Recurrent;

    /// <summary>Gates, written, [rows, 4, 16] without gaps.</summary>
    public float* Gates;

    /// <summary>c(t-1); c(t), tanh c(t) and h(t), written. [rows, units], rows <see cref="StateRow"/> apart.</summary>
    public float* CellBefore;
    public float* Cell;
    public float* CellTanh;
    public float* Hidden;
    public nint StateRow;

    public nint Rows;
    public nint Units;
    public nint Steps;

    /// <summary>From a panel to the next.</summary>
    public nint InputPanel;
    public nint RecurrentPanel;
    public nint GatePanel;

    /// <summary>From a step to the next.</summary>
    public nint InputStep;
    public nint StateStep;
    public nint GateStep;

    /// <summary>Moves on to the next 16 units.</summary>
    public void NextPanel()
    {
        Bias += Panels.Width;
        Inputs.B += InputPanel;
        Recurrent.B += RecurrentPanel;
        Gates += GatePanel;
        CellBefore += AlignedFloats.Line;
        Cell += AlignedFloats.Line;
        CellTanh += AlignedFloats.Line;
        Hidden += AlignedFloats.Line;
    }

    /// <summary>Moves on to the next step.</summary>
    public void NextStep()
    {
        Inputs.A += InputStep;
        Recurrent.A += StateStep;
        Gates += GateStep;
        CellBefore += StateStep;
        Cell += StateStep;
        CellTanh += StateStep;
        Hidden += StateStep;
    }
}
