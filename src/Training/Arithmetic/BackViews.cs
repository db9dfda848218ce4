namespace Streaming.Training.Arithmetic;

/// <summary>What a layer reads and writes on its way back over a chunk of steps; each matrix over the chunk has
/// steps · rows rows, step by step.</summary>
internal readonly ref struct BackViews
{
    /// <summary>Gates in, gradient of pre-activations out, [·, 4H'].</summary>
    public required PanelView Gates { get; init; }

    /// <summary>c(t-1), [·, H'].</summary>
    public required MatrixView CellBefore { get; init; }

    /// <summary>tanh c(t), [·, H'].</summary>
    public required MatrixView CellTanh { get; init; }

    /// <summary>Gradient of h(t) in, of what the layer sees out, [·, H'].</summary>
    public required MatrixView Slopes { get; init; }

    /// <summary>Gradient of the cell states after the chunk in, before it out, [rows of a step, H'].</summary>
    public required MatrixView CellSlopes { get; init; }

    /// <summary>W_hh the other way round, [4H', H'].</summary>
    public required PanelView RecurrentWeights { get; init; }

    /// <summary>W_ih the other way round, [4H', H']; without rows where nobody asks for the gradient of inputs.
    /// </summary>
    public required PanelView InputWeights { get; init; }

    /// <summary>Zeros, [H'].</summary>
    public required ReadOnlySpan<float> Zeros { get; init; }
}
