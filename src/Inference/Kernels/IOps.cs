namespace Streaming.Inference.Kernels;

/// <summary>
/// The arithmetic a kernel needs, over one vector width. Every form gives the same bits, lane by lane.
/// </summary>
/// <typeparam name="V">Vector512, Vector256 or Vector128 of float, or float itself.</typeparam>
/// <remarks>Sums, products and quotients are IEEE 754 with round to nearest even; no form uses an estimate.</remarks>
internal unsafe interface IOps<V>
{
    /// <summary>Lanes in a vector; a divisor of 16.</summary>
    public static abstract int Width { get; }

    /// <summary>
    /// Series, or vectors of units, in the largest tile whose accumulators fit the registers: 1, 2 or 4.
    /// </summary>
    public static abstract int TileSize { get; }

    public static abstract V Load(float* source);

    public static abstract void Store(V value, float* target);

    public static abstract V Set(float value);

    public static abstract V Add(V a, V b);

    public static abstract V Subtract(V a, V b);

    public static abstract V Multiply(V a, V b);

    public static abstract V Divide(V a, V b);

    public static abstract V SquareRoot(V value);

    /// <summary>a · b + c, rounded once.</summary>
    public static abstract V Fma(V a, V b, V c);

    /// <summary>z, at most <see cref="Exp2.Limit"/>; NaN stays NaN.</summary>
    /// <remarks>
    /// Forms without <see cref="Scale"/> in hardware also limit it to at least <see cref="Exp2.Floor"/>.
    /// </remarks>
    public static abstract V Limited(V z);

    /// <summary>z less the nearest integer, ties to even: exact, in [−0.5, 0.5].</summary>
    public static abstract V Fraction(V z);

    /// <summary>Sum of 16 partial sums as a halving tree: j with j + 8, then + 4, + 2, + 1.</summary>
    /// <param name="partial">The sums.</param>
    /// <param name="last">The last vector of them, which need not be loaded again.</param>
    public static abstract float Fold(float* partial, V last);

    /// <summary>a · 2^n for a near 1 and a whole n.</summary>
    public static abstract V Scale(V a, V n);
}
