namespace Benchmarks.Learn;

/// <summary>Mean squared error of the LSTM head alone, in squared deviations of the training part.</summary>
/// <param name="File">Data file, without extension.</param>
/// <param name="Horizon">Errors are averaged over horizons 1 to this one.</param>
/// <param name="Frozen">The pretrained network, never changed again.</param>
/// <param name="Online">The same, fine-tuned a few updates a day.</param>
internal sealed record LearnResult(string File, int Horizon, double Frozen, double Online);
