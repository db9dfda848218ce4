namespace Streaming.Inference.Model;

/// <summary>What the modules of a network are called in a file: their paths in a torch state_dict.</summary>
/// <param name="Lstm">
/// The torch.nn.LSTM; empty where the file is its own state_dict; null: the only one in the file, whatever its name.
/// </param>
/// <param name="Head">The torch.nn.Linear over the top layer's hidden state; its bias may be missing.</param>
/// <param name="Skip">The torch.nn.Linear(bias=False) over what needs no memory; may be missing.</param>
public sealed record ModelNames(string? Lstm = null, string Head = "head", string Skip = "skip")
{
    /// <summary>The names that our own files carry.</summary>
    internal static ModelNames Ours { get; } = new("lstm");
}
