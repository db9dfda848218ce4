namespace Streaming.Inference.Model;

/// <summary>Sizes of a stacked LSTM with a linear head: everything that fixes the layout of its weights.</summary>
/// <remarks>
/// The head reads the top layer's hidden state and, past it, a linear skip over inputs that need no memory (lags,
/// seasonal deviations): output = head · h + skip · s + bias.
/// </remarks>
public sealed record ModelShape
{
    /// <summary>Largest hidden size a model may ask for: bounds what a model file can make us allocate.</summary>
    public const int MaxHidden = 1_024;

    /// <summary>Largest number of stacked layers.</summary>
    public const int MaxLayers = 8;

    /// <summary>Largest number of inputs, skip inputs or outputs.</summary>
    public const int MaxWidth = 4_096;

    /// <summary>Creates a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its bounds.</exception>
    public ModelShape(int inputs, int hidden, int layers, int skipInputs, int outputs)
    {
        Inputs = InRange(inputs, 1, MaxWidth, nameof(inputs));
        Hidden = InRange(hidden, 1, MaxHidden, nameof(hidden));
        Layers = InRange(layers, 1, MaxLayers, nameof(layers));
        SkipInputs = InRange(skipInputs, 0, MaxWidth, nameof(skipInputs));
        Outputs = InRange(outputs, 1, MaxWidth, nameof(outputs));
    }

    /// <summary>Width of the input vector of the first layer, I.</summary>
    public int Inputs { get; }

    /// <summary>Units of every layer, H.</summary>
    public int Hidden { get; }

    /// <summary>Stacked layers, L.</summary>
    public int Layers { get; }

    /// <summary>Width of the skip vector, S; zero for a head without skip.</summary>
    public int SkipInputs { get; }

    /// <summary>Outputs of the head, K: one per horizon.</summary>
    public int Outputs { get; }

    /// <summary>Width of what feeds a layer: I for layer 0, H above it.</summary>
    public int LayerInputs(int layer) => layer == 0 ? Inputs : Hidden;

    /// <summary>The sizes in words, as messages and model files have them.</summary>
    public override string ToString() =>
        $"inputs {Inputs}, hidden {Hidden}, layers {Layers}, skip {SkipInputs}, outputs {Outputs}";

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Must be between {least} and {most}.");
}
