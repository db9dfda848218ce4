namespace Streaming.Inference.Kernels;

/// <summary>The arithmetic of float64 kernels over one vector width. Every form gives the same bits, lane by lane.
/// </summary>
/// <typeparam name="V">Vector512, Vector256 or Vector128 of double, or double itself.</typeparam>
/// <remarks>
/// Products are rounded before they are added: that costs nothing where memory is the limit, as it is for the large
/// matrices of float64, and needs no fused multiply-add in software where the processor has none.
/// </remarks>
internal unsafe interface IDoubleOps<V>
{
    /// <summary>Lanes in a vector; a divisor of 8.</summary>
    public static abstract int Width { get; }

    public static abstract V Load(double* source);

    public static abstract void Store(V value, double* target);

    public static abstract V Set(double value);

    public static abstract V Add(V a, V b);

    public static abstract V Subtract(V a, V b);

    public static abstract V Multiply(V a, V b);
}
