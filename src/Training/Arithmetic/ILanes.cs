namespace Streaming.Training.Arithmetic;

/// <summary>The operations that a kernel needs from a vector of floats: one source for every width.</summary>
/// <typeparam name="V">The vector.</typeparam>
/// <remarks>
/// Kernels keep units in lanes and never sum across lanes, so every width gives the same bits where the processor has
/// fused multiply-add; without it <see cref="Fma"/> rounds twice.
/// </remarks>
internal unsafe interface ILanes<V>
    where V : struct
{
    /// <summary>Floats in a vector; divides 16.</summary>
    public static abstract int Count { get; }

    public static abstract V Load(float* source);

    public static abstract void Store(V value, float* target);

    public static abstract V Broadcast(float value);

    public static abstract V Add(V left, V right);

    public static abstract V Subtract(V left, V right);

    public static abstract V Multiply(V left, V right);

    public static abstract V Divide(V left, V right);

    public static abstract V SquareRoot(V value);

    /// <summary>left · right + addend.</summary>
    public static abstract V Fma(V left, V right, V addend);

    /// <summary>The lesser of a finite limit and a value; a NaN value stays NaN.</summary>
    public static abstract V AtMost(V limit, V value);

    /// <summary>The greater of a finite limit and a value; a NaN value stays NaN.</summary>
    public static abstract V AtLeast(V limit, V value);

    /// <summary>The vector's bits shifted left by 23, the place of a float's exponent.</summary>
    public static abstract V BitsToExponent(V value);
}
