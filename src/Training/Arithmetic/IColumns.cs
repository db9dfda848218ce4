namespace Streaming.Training.Arithmetic;

/// <summary>A few neighbouring vectors of one row, kept in registers by a product kernel.</summary>
internal unsafe interface IColumns<TSelf, V>
    where TSelf : struct, IColumns<TSelf, V>
    where V : struct
{
    /// <summary>Floats in all vectors together.</summary>
    public static abstract int Count { get; }

    public static abstract TSelf Load(float* source);

    public static abstract void Store(in TSelf value, float* target);

    /// <summary>factor · row + sum, the factor the same in all lanes.</summary>
    public static abstract TSelf Fma(V factor, in TSelf row, in TSelf sum);
}
