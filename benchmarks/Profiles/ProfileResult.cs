namespace Benchmarks.Profiles;

/// <summary>What a series of a profile takes.</summary>
/// <param name="Profile">Which experts.</param>
/// <param name="Horizons">Of the model, in steps.</param>
/// <param name="Bytes">By the formula, at most.</param>
/// <param name="MeasuredBytes">Of the heap, once the window is full.</param>
/// <param name="ExpertHorizons">Experts × horizons.</param>
/// <param name="Microseconds">Of a step, measured.</param>
/// <param name="FittedMicroseconds">Of a step, by formula: see <see cref="ProfilesBenchmark"/>.</param>
internal sealed record ProfileResult(
    string Profile, string Horizons, long Bytes, long MeasuredBytes, int ExpertHorizons, double Microseconds,
    double FittedMicroseconds);
