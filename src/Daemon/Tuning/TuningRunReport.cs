namespace Streaming.Daemon.Tuning;

/// <summary>One training run, as it went.</summary>
/// <param name="Time">When it began.</param>
/// <param name="Seconds">How long it took, rests included.</param>
/// <param name="Result">kept, promoted, shadowed, rolled-back or failed.</param>
/// <param name="Series">Series whose windows came.</param>
/// <param name="Updates">Updates that the challenger has made by now.</param>
/// <param name="Losses">Mean loss over series of each batch-chunk that was trained, before its update, in order.</param>
internal sealed record TuningRunReport(
    DateTimeOffset Time, double Seconds, string Result, int Series, int Updates, IReadOnlyList<double> Losses);
