namespace Streaming.Training.Arithmetic;

/// <summary>Pointers and strides, in floats, of a layer's steps backward for some rows of a batch.</summary>
/// <remarks>Step by step they move to the step before; a row is a series.</remarks>
internal unsafe struct BackOperands
{
    /// <summary>Gates in, gradient of pre-activations out, [rows, 4, 16] without gaps, panel by panel.</summary>
    public float* Gates;

    /// <summary>c(t-1) and tanh c(t), [rows, units].</summary>
    public float* CellBefore;
    public float* CellTanh;

    /// <summary>Gradient of c(t) from later steps in, of c(t-1) out, [rows, units]; one for all steps.</summary>
    public float* CellSlopes;

    /// <summary>Gradient of h(t) in, of what the layer sees out, [rows, units].</summary>
    public float* Slopes;

    /// <summary>[4 units, units], panel by panel.</summary>
    public float* RecurrentWeights;

    /// <summary>[4 units, units], panel by panel; null where nobody asks for the gradient of inputs.</summary>
    public float* InputWeights;

    /// <summary>A row of zeros, [units].</summary>
    public float* Zeros;

    public nint Rows;
    public nint Units;
    public nint Steps;

    /// <summary>From a panel of gates to the next.</summary>
    public nint GatePanel;

    /// <summary>From a step to the next.</summary>
    public nint GateStep;
    public nint StateStep;

    /// <summary>Moves to the step before.</summary>
    public void NextStep()
    {
        Gates -= GateStep;
        CellBefore -= StateStep;
        CellTanh -= StateStep;
        Slopes -= StateStep;
    }
}
