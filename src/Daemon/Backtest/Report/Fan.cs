namespace Streaming.Daemon.Backtest.Report;

/// <summary>One forecast.</summary>
/// <param name="At">Place of the step that it was made at.</param>
/// <param name="Yhat">A step ahead, two, …</param>
/// <param name="Lower">Lower end of the 90% interval.</param>
/// <param name="Upper">Upper end.</param>
internal sealed record Fan(
    int At, IReadOnlyList<double?> Yhat, IReadOnlyList<double?> Lower, IReadOnlyList<double?> Upper);
