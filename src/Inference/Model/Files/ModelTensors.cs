namespace Streaming.Inference.Model;

/// <summary>
/// Names of the tensors of a model file and where their values live in <see cref="ModelParameters"/>.
/// </summary>
/// <param name="lstm">Path of the LSTM, empty for a bare one.</param>
/// <param name="names">Names of head and skip.</param>
/// <remarks>
/// As the state_dict of a torch module with lstm = nn.LSTM, head = nn.Linear and skip = nn.Linear(bias=False) has them.
/// </remarks>
internal sealed class ModelTensors(string lstm, ModelNames names)
{
    /// <summary>How the name of every LSTM's first tensor ends: what it is found by.</summary>
    public const string FirstWeight = "weight_ih_l0";

    private readonly string prefix = lstm.Length == 0 ? "" : $"{lstm}.";

    /// <summary>The names that our own files carry.</summary>
    public static ModelTensors Ours { get; } = new(ModelNames.Ours.Lstm!, ModelNames.Ours);

    public string HeadWeight { get; } = $"{names.Head}.weight";

    public string HeadBias { get; } = $"{names.Head}.bias";

    public string SkipWeight { get; } = $"{names.Skip}.weight";

    public string InputWeight(int layer) => $"{prefix}weight_ih_l{layer}";

    public string RecurrentWeight(int layer) => $"{prefix}weight_hh_l{layer}";

    /// <summary>Bias that torch adds with the input weights; ours, where one bias is kept.</summary>
    public string InputBias(int layer) => $"{prefix}bias_ih_l{layer}";

    /// <summary>Torch's second bias: written as zeros, added on reading.</summary>
    public string RecurrentBias(int layer) => $"{prefix}bias_hh_l{layer}";

    /// <summary>The names in a file, its LSTM found where it is not named.</summary>
    /// <exception cref="ModelFileException">The file has no LSTM, or several.</exception>
    public static ModelTensors In(SafetensorsHeader header, ModelNames names, string file)
    {
        if (names.Lstm is not null)
        {
            return new(names.Lstm, names);
        }

        string[] found =
        [
            .. header.Tensors.Keys.Where(
                name => name == FirstWeight || name.EndsWith($".{FirstWeight}", StringComparison.Ordinal)),
        ];
        return found.Length switch
        {
            0 => throw new ModelFileException(file, FirstWeight, "a tensor", header.FoundInstead),
            1 => new(found[0][..^FirstWeight.Length].TrimEnd('.'), names),
            _ => throw new ModelFileException(
                file, FirstWeight, "one LSTM, or the name of the one to read", string.Join(" and ", found)),
        };
    }
}
