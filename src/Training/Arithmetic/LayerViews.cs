namespace Streaming.Training.Arithmetic;

/// <summary>What a layer reads and writes over a chunk of steps; each matrix has steps · rows rows, step by step.
/// </summary>
internal readonly ref struct LayerViews
{
    /// <summary>[4H'].</summary>
    public required ReadOnlySpan<float> Bias { get; init; }

    /// <summary>What the layer sees, [·, I].</summary>
    public required MatrixView Inputs { get; init; }

    /// <summary>[I, 4H'].</summary>
    public required PanelView InputWeights { get; init; }

    /// <summary>h(t-1), [·, H].</summary>
    public required MatrixView HiddenBefore { get; init; }

    /// <summary>[H, 4H'].</summary>
    public required PanelView RecurrentWeights { get; init; }

    /// <summary>Gates, written, [·, 4H'].</summary>
    public required PanelView Gates { get; init; }

    /// <summary>c(t-1), [·, H'].</summary>
    public required MatrixView CellBefore { get; init; }

    /// <summary>c(t), [·, H'], written.</summary>
    public required MatrixView Cell { get; init; }

    /// <summary>tanh c(t), [·, H'], written.</summary>
    public required MatrixView CellTanh { get; init; }

    /// <summary>h(t), [·, H'], written.</summary>
    public required MatrixView Hidden { get; init; }
}
