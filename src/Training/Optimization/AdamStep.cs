namespace Streaming.Training.Optimization;

/// <summary>Factors of one Adam step.</summary>
/// <param name="MeanKept">β₁.</param>
/// <param name="MeanTaken">1 - β₁.</param>
/// <param name="SquareKept">β₂.</param>
/// <param name="SquareTaken">1 - β₂.</param>
/// <param name="Rate">Step size over 1 - β₁ⁿ.</param>
/// <param name="SquareCorrection">1 / √(1 - β₂ⁿ).</param>
/// <param name="Floor">ε.</param>
internal readonly record struct AdamStep(
    float MeanKept,
    float MeanTaken,
    float SquareKept,
    float SquareTaken,
    float Rate,
    float SquareCorrection,
    float Floor);
