namespace Streaming.Daemon.Pretraining;

/// <summary>A run that was asked for.</summary>
/// <param name="Files">CSV files.</param>
/// <param name="Output">Model file to write.</param>
/// <param name="From">Model file whose weights to start from; null for new ones.</param>
/// <param name="Resume">Whether to go on from the state of an earlier run.</param>
/// <param name="Replace">Whether files that are there may go.</param>
/// <param name="Configuration">The configuration under which the model will serve.</param>
/// <param name="Options">How to read, prepare and train.</param>
internal sealed record PretrainingRequest(
    IReadOnlyList<string> Files,
    string Output,
    string? From,
    bool Resume,
    bool Replace,
    PretrainingConfiguration Configuration,
    PretrainingOptions Options)
{
    private const string ModelExtension = ".safetensors";

    /// <summary>The picture of the loss curves.</summary>
    public string Curve => Path.GetExtension(Output) == ModelExtension
        ? Path.ChangeExtension(Output, ".loss.svg")
        : Output + ".loss.svg";

    /// <summary>What an interrupted run goes on from.</summary>
    public string State => Output + ".state";
}
