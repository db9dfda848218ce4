namespace Streaming.Inference.Experts;

/// <summary>The spread of a horizon's errors before there are any.</summary>
/// <param name="size">Mean absolute error, in the series' unit.</param>
/// <param name="levels">Quantile levels, ascending, [Q].</param>
/// <param name="shape">Quantiles in sizes, [Q].</param>
internal readonly ref struct SpreadPrior(double size, ReadOnlySpan<double> levels, ReadOnlySpan<float> shape)
{
    public double Size { get; } = size;

    public ReadOnlySpan<double> Levels { get; } = levels;

    public ReadOnlySpan<float> Shape { get; } = shape;
}
