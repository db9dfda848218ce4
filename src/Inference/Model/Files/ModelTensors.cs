namespace Streaming.Inference.Model;

/// <summary>
/// Names of the tensors of a model file and where their values live in <see cref="ModelParameters"/>.
/// </summary>
/// <remarks>
/// As the state_dict of a torch module with lstm = nn.LSTM, head = nn.Linear and skip = nn.Linear(bias=False) has them.
/// </remarks>
internal static class ModelTensors
{
    public const string Lstm = "lstm.";
    public const string HeadWeight = "head.weight";
    public const string HeadBias = "head.bias";
    public const string SkipWeight = "skip.weight";

    public static string InputWeight(int layer) => $"weight_ih_l{layer}";

    public static string RecurrentWeight(int layer) => $"weight_hh_l{layer}";

    /// <summary>Bias that torch adds with the input weights; ours, where one bias is kept.</summary>
    public static string InputBias(int layer) => $"bias_ih_l{layer}";

    /// <summary>Torch's second bias: written as zeros, added on reading.</summary>
    public static string RecurrentBias(int layer) => $"bias_hh_l{layer}";
}
